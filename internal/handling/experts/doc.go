// Package experts has applications reviewed by experts who are drawn by lot
// (专家库、专家评审抽取).
//
// The register (专家库) says who may be drawn: fields, employer, where, what they
// declared an interest in, whether they are away or suspended. A Review draws
// from it in the open. The announcement (公布抽取方案) fixes the candidates, who was
// left out and why (回避), and the fingerprint of the seed; nothing of these can be
// changed afterwards. The draw tells the seed: the order in which candidates are
// invited is that of SHA-256 over the seed and each candidate's name in the
// register, so that anybody can reckon it again (see Order and Round.Proven).
// Who declines, does not answer, or has to stand aside makes room for the next
// in the order; a new draw needs reasons, and both stay on record.
//
// The time of the review is the special procedure of the case: it begins with
// the announcement, which the applicant is told of in writing, and ends with the
// summary opinion (行政许可法第四十五条：专家评审所需时间不计入期限，应当书面告知).
package experts
