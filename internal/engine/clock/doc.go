// Package clock counts the time the law allows and the time a bureau promised
// (办理时限).
//
// It knows limits, pauses and one extension; it does not know what a case is.
// Everything it says is computed from the facts on the [Clock] and a calendar,
// so that anyone who has the same facts finds the same day:
//
//   - the day that starts a period is not counted, counting begins on the next;
//   - periods of the law run in working days, holidays excluded (行政许可法第八十二条);
//   - hearings, tests, inspections and expert review are not counted: every day
//     from the first to the last day of the procedure is left out, and a day left
//     out for two reasons is left out once (第四十五条);
//   - a limit is extended once, with an approver and a reason (第四十二条);
//   - a period of calendar days, months or years that ends on a day off ends on
//     the next working day (民法典第二百零三条).
//
// A clock of working hours counts office hours to the millisecond; all others
// count whole days.
package clock
