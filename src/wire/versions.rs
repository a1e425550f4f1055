//! Which versions of a service's API a request in a query protocol may name.

use crate::error::Error;
use crate::message::Codec;
use crate::route::shown;
use stratus_model::Service;

/// Those of EC2 before its newest, all of which it still takes. AWS lists them nowhere together; sources: the namespaces of its
/// WSDLs (Apache CloudStack's `Namespace.java`), <https://github.com/garnaat/missingcloud> and botocore's data.
const OF_EC2: &str = "2006-06-26 2006-10-01 2007-01-03 2007-01-19 2007-03-01 2007-08-29 2008-02-01 2008-05-05 2008-08-08 \
                      2008-12-01 2009-03-01 2009-04-04 2009-07-15 2009-08-15 2009-10-31 2009-11-30 2010-06-15 2010-08-31 \
                      2010-11-15 2011-01-01 2011-02-28 2011-05-15 2011-07-15 2011-11-01 2011-12-15 2012-03-01 2012-04-01 \
                      2012-05-01 2012-06-01 2012-06-15 2012-07-20 2012-08-15 2012-10-01 2012-12-01 2013-02-01 2013-06-15 \
                      2013-07-15 2013-08-15 2013-10-01 2013-10-15 2014-02-01 2014-05-01 2014-06-15 2014-09-01 2014-10-01 \
                      2015-03-01 2015-04-15 2015-10-01 2016-04-01 2016-09-15";

/// Whether a service takes requests of a version that is not its newest.
///
/// # Errors
/// `NoSuchVersion`; EC2's words as in <https://github.com/boto/boto3/issues/1138>.
pub fn check(service: &Service, version: &str) -> Result<(), Error> {
    let message = match Codec::of(service) {
        Codec::Ec2Query if OF_EC2.split(' ').any(|known| known == version) => return Ok(()),
        Codec::Ec2Query => {
            let version = shown(version);
            format!("The requested version ({version}) of service AmazonEC2 does not exist")
        }
        _ => format!("The requested version ( {} ) is not valid.", shown(version)),
    };
    Err(Error::new("NoSuchVersion", 400, message))
}
