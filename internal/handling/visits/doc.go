// Package visits has the departments that must see a place go there together,
// once (联合踏勘、一同核查).
//
// Several cases of one matter may each demand an inspection on the spot. A Visit
// makes them one: a day on which all agree, one list in which each thing to be
// looked at stands once, and for each department a conclusion of its own, signed,
// with what was found and the evidence. Agreeing begins the inspection of its
// case, concluding ends it, in the same commit; nobody goes a second time for
// what was seen (苏政务办发〔2023〕8号（七）；汉中经开区2023年方案（一）联审联批).
//
// Nobody concludes for another. Who does not answer is reminded; who does not
// come holds up its own case only, goes by itself within the term, and silence
// is never consent (并联审批：超时默认须有明文，此处没有).
package visits
