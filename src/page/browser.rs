//! The browser, behind small functions. Nothing outside of this module names web-sys, js-sys or gloo, save the event types that
//! Yew hands to a component.

pub mod choosing;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod dom;
pub mod events;
pub mod files;
pub mod focus;
pub mod home;
pub mod office;
pub mod paper;
pub mod storage;
pub mod timer;
