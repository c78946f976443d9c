//! Runs that are killed: this program runs itself, and ends it at some moment.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use blocks_site::Policy;

use crate::fixture::{Place, write};

/// Names the place in which the program that is killed writes.
const PLACE: &str = "BLOCKS_SITE_TEST_PLACE";

const REPLACE: Policy = Policy { replace: true, anew: false };

/// The program that is killed; without a place it is a test that has nothing to do.
#[test]
fn writes_until_it_is_killed() {
    let Some(place) = env::var_os(PLACE) else { return };
    let root = Path::new(&place).join("site");
    let dir = tempfile::tempdir_in(&place).expect("a folder");
    let place = Place { dir, root };
    for at in 0.. {
        let text = if at % 2 == 0 { "new" } else { "old" };
        many(&place);
        place.add("1.0.0", text, REPLACE).expect("added");
    }
}

/// More pages, so that there is time to be killed in.
fn many(place: &Place) {
    for at in 0..100 {
        write(&place.dir.path().join(format!("pages-1.0.0/acme/fn.f{at}.html")), "f");
    }
}

#[test]
fn a_run_that_is_killed_leaves_what_was_there_or_what_was_to_be() {
    let place = Place::new();
    many(&place);
    place.add("1.0.0", "new", Policy::default()).expect("added");
    let new = place.files();
    place.add("1.0.0", "old", REPLACE).expect("added");
    let old = place.files();
    assert_ne!(new, old);
    let (mut news, mut unfinished) = (0, 0);
    for at in 0..40 {
        let mut child = Command::new(env::current_exe().expect("this program"))
            .args(["--exact", "killed::writes_until_it_is_killed"])
            .env(PLACE, place.dir.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("started");
        thread::sleep(Duration::from_millis(20 + at % 17 * 3));
        child.kill().expect("killed");
        child.wait().expect("ended");
        unfinished += usize::from(place.files() != old && place.files() != new);
        // The next run finishes it, or takes it away.
        drop(blocks_site::Folder::open(&place.root).expect("a site"));
        let found = place.files();
        assert!(found == old || found == new, "{at}: {:?}", found.keys());
        news += usize::from(found == new);
    }
    println!("{unfinished} of 40 were killed with something unfinished; {news} had the new files");
}
