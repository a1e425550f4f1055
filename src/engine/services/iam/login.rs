//! Passwords for the console: login profiles, ChangePassword, and the rules that passwords must keep.

use super::common::{change, exists, invalid, needed, no_such, note, seconds, user_or_caller};
use super::users;
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{Login, PasswordPolicy, User};
use stratus_model::{Name, Structure, field};

/// Characters that count as symbols (AWS).
const SYMBOLS: &str = "!@#$%^&*()_+-=[]{}|'";
/// Earlier passwords that are remembered: the most that a rule can forbid.
const REMEMBERED: usize = 24;

/// The rules where the account has none of its own but says so in part (AWS's defaults of UpdateAccountPasswordPolicy).
const DEFAULT: PasswordPolicy = PasswordPolicy {
    minimum: 6,
    symbols: false,
    numbers: false,
    uppercase: false,
    lowercase: false,
    own: false,
    max_age: 0,
    reuse: 0,
    hard_expiry: false,
};

fn violation(why: impl Into<String>, parameter: Name) -> Error {
    Error::new("PasswordPolicyViolation", why).at(parameter.text())
}

/// Holds a password to the account's rules, or to AWS's default ones.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html>
fn check(world: &World, password: &str, user: &User, parameter: Name) -> Result<()> {
    let has = |test: fn(char) -> bool| password.chars().any(test);
    let upper = has(|c| c.is_ascii_uppercase());
    let lower = has(|c| c.is_ascii_lowercase());
    let digit = has(|c| c.is_ascii_digit());
    let length = password.chars().count();
    let Some(rules) = &world.iam.password_policy else {
        let other = has(|c| SYMBOLS.contains(c));
        let kinds = [upper, lower, digit, other].into_iter().filter(|kind| *kind).count();
        if length < 8 {
            return Err(violation("Password should have a minimum length of 8", parameter));
        }
        if kinds < 3 {
            let why = "Password does not conform to the account password policy.";
            let remedy = "It needs three of: capitals, small letters, digits, symbols.";
            return Err(violation(why, parameter).remedy(remedy));
        }
        return Ok(());
    };
    let tests = [
        (
            length as i64 >= rules.minimum,
            format!("have a minimum length of {}", rules.minimum),
        ),
        (
            !rules.uppercase || upper,
            "have at least one uppercase letter".to_owned(),
        ),
        (
            !rules.lowercase || lower,
            "have at least one lowercase letter".to_owned(),
        ),
        (!rules.numbers || digit, "have at least one number".to_owned()),
        (
            !rules.symbols || has(|c| SYMBOLS.contains(c)),
            "have at least one symbol".to_owned(),
        ),
    ];
    if let Some((_, what)) = tests.into_iter().find(|(kept, _)| !kept) {
        return Err(violation(format!("Password should {what}"), parameter));
    }
    let reuse = usize::try_from(rules.reuse).unwrap_or(0);
    if let Some(login) = user.login.as_ref().filter(|_| reuse > 0) {
        let mut known = std::iter::once(&login.password).chain(&login.earlier).take(reuse);
        if known.any(|known| known == password) {
            return Err(violation("Password was previously used.", parameter));
        }
    }
    Ok(())
}

fn describe(user: &User, login: &Login) -> Structure {
    Structure::new()
        .with(field::USER_NAME, user.name.clone())
        .with(field::CREATE_DATE, seconds(login.created))
        .with(field::PASSWORD_RESET_REQUIRED, login.reset)
}

fn missing(user: &User) -> Error {
    no_such(format!("Login Profile for User {} cannot be found.", user.name)).at("UserName")
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let user = user_or_caller(request, world)?.clone();
    if user.login.is_some() {
        let why = format!("Login Profile for user {} already exists.", user.name);
        return Err(exists(why).at("UserName"));
    }
    let Some(password) = request.params.text(field::PASSWORD) else {
        return Err(invalid(
            field::PASSWORD,
            "The request must contain the parameter Password.",
        ));
    };
    check(world, password, &user, field::PASSWORD)?;
    let login = Login {
        created: world.now,
        changed: world.now,
        password: password.to_owned(),
        earlier: Vec::new(),
        reset: request.params.boolean(field::PASSWORD_RESET_REQUIRED) == Some(true),
    };
    let answer = describe(&user, &login);
    change(&mut world.iam.users, &user.name, |user| user.login = Some(login));
    note(world, format!("user {}: may sign in to the console", user.name));
    Ok(Structure::new().with(field::LOGIN_PROFILE, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let user = user_or_caller(request, world)?;
    let login = user.login.as_ref().ok_or_else(|| missing(user))?;
    Ok(Structure::new().with(field::LOGIN_PROFILE, describe(user, login)))
}

/// Sets another password, and remembers the one before.
fn set(login: &mut Login, password: &str, now: crate::base::time::Time) {
    let before = std::mem::replace(&mut login.password, password.to_owned());
    login.earlier.insert(0, before);
    login.earlier.truncate(REMEMBERED);
    login.changed = now;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let user = user_or_caller(request, world)?.clone();
    let mut login = user.login.clone().ok_or_else(|| missing(&user))?;
    if let Some(password) = request.params.text(field::PASSWORD) {
        check(world, password, &user, field::PASSWORD)?;
        set(&mut login, password, world.now);
    }
    if let Some(reset) = request.params.boolean(field::PASSWORD_RESET_REQUIRED) {
        login.reset = reset;
    }
    change(&mut world.iam.users, &user.name, |user| user.login = Some(login));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let user = user_or_caller(request, world)?;
    if user.login.is_none() {
        return Err(missing(user));
    }
    let name = user.name.clone();
    change(&mut world.iam.users, &name, |user| user.login = None);
    note(world, format!("user {name}: may no longer sign in to the console"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html>
pub(super) fn change_password(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let user = users::calling(request, world)?.clone();
    let mut login = user.login.clone().ok_or_else(|| missing(&user))?;
    if login.password != needed(request, field::OLD_PASSWORD) {
        let why = "The old password was incorrect.";
        return Err(Error::new("AccessDenied", why).with_status(403).at("OldPassword"));
    }
    let password = needed(request, field::NEW_PASSWORD);
    check(world, password, &user, field::NEW_PASSWORD)?;
    set(&mut login, password, world.now);
    login.reset = false;
    change(&mut world.iam.users, &user.name, |user| user.login = Some(login));
    Ok(Structure::new())
}

fn no_policy(world: &World) -> Error {
    no_such(format!(
        "The Password Policy with domain name {} cannot be found.",
        world.account()
    ))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html>
pub(super) fn get_policy(_: &Request<'_>, world: &World) -> Result<Structure> {
    let rules = world.iam.password_policy.as_ref().ok_or_else(|| no_policy(world))?;
    let some = |number: i64| (number > 0).then_some(number);
    let answer = Structure::new()
        .with(field::MINIMUM_PASSWORD_LENGTH, rules.minimum)
        .with(field::REQUIRE_SYMBOLS, rules.symbols)
        .with(field::REQUIRE_NUMBERS, rules.numbers)
        .with(field::REQUIRE_UPPERCASE_CHARACTERS, rules.uppercase)
        .with(field::REQUIRE_LOWERCASE_CHARACTERS, rules.lowercase)
        .with(field::ALLOW_USERS_TO_CHANGE_PASSWORD, rules.own)
        .with(field::EXPIRE_PASSWORDS, rules.max_age > 0)
        .with_some(field::MAX_PASSWORD_AGE, some(rules.max_age))
        .with_some(field::PASSWORD_REUSE_PREVENTION, some(rules.reuse))
        .with_some(field::HARD_EXPIRY, rules.hard_expiry.then_some(true));
    Ok(Structure::new().with(field::PASSWORD_POLICY, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
/// What is not said goes back to AWS's default: there are no partial updates.
pub(super) fn update_policy(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let yes = |name: Name| params.boolean(name) == Some(true);
    world.iam.password_policy = Some(PasswordPolicy {
        minimum: params
            .integer(field::MINIMUM_PASSWORD_LENGTH)
            .unwrap_or(DEFAULT.minimum),
        symbols: yes(field::REQUIRE_SYMBOLS),
        numbers: yes(field::REQUIRE_NUMBERS),
        uppercase: yes(field::REQUIRE_UPPERCASE_CHARACTERS),
        lowercase: yes(field::REQUIRE_LOWERCASE_CHARACTERS),
        own: yes(field::ALLOW_USERS_TO_CHANGE_PASSWORD),
        max_age: params.integer(field::MAX_PASSWORD_AGE).unwrap_or(DEFAULT.max_age),
        reuse: params
            .integer(field::PASSWORD_REUSE_PREVENTION)
            .unwrap_or(DEFAULT.reuse),
        hard_expiry: yes(field::HARD_EXPIRY),
    });
    note(world, "account: other rules for passwords");
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html>
pub(super) fn delete_policy(_: &Request<'_>, world: &mut World) -> Result<Structure> {
    if world.iam.password_policy.take().is_none() {
        return Err(no_policy(world));
    }
    Ok(Structure::new())
}
