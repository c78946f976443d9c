//! The two configuration files of Blocks: strict readers, defaults and schemas.
