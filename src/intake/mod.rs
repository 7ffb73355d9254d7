//! Opening: a folder in, workbooks and their raw cells out; refusals as data.
//!
//! Must not know: types of fields, checks. Only this room names calamine.
