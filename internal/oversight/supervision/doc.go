// Package supervision watches how cases are handled (效能监督): what is late or
// soon due, why, in one sentence, and where the time went
// (徐政发〔2022〕21号（十九）).
//
// Three things, none of which counts over all cases while somebody waits:
//
//   - Sight looks at one case and says why it is where it is, and draws its
//     lanes. It is computed from the facts of the case and the calendar alone.
//   - A Line is what one case adds to the sums. It is a pure function of the
//     case, so that telling twice, or out of order, does no harm: what is kept
//     is the difference between the line as it was and as it is.
//   - The summaries, by day, division, agency and item, are sums of lines; the
//     pages read them. Audit makes every line again and names what differs.
package supervision
