// Package flow carries a case through the steps a bureau has arranged for it
// (办理流程): who reviews, in what order, what runs side by side.
//
// What the law fixes about a case stands in cases.Life; what is arranged stands
// in a Definition, which is data, drawn as a BPMN 2.0 diagram or written as a
// table of Steps. Both are faces of one thing.
//
// A definition is compiled once into a Procedure. A Procedure is a token game:
//
//	Start(env)                    -> Marking, Change
//	Complete(marking, work, ...)  -> Marking, Change
//
// A Marking is everything the game remembers of one case; it is kept as JSON
// beside the case. A Change says which work was opened and which was closed.
// Nothing here knows a store, a clock or a goroutine; the same marking and the
// same act give the same result on every machine.
//
// Check explores a definition before it is published and shows, for each fault,
// the run that leads to it.
package flow
