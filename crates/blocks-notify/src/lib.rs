//! Tells people of what failed, each once: [`blocks_failures::Run`] is what there is to tell.
