// Package laws keeps the articles of laws that everything else cites (法条库):
// with their wording and the days between which they are in force, so that an
// item, a material, a fee or an act of ours that cites an article which does not
// exist, or no longer, is found out.
//
// A Citation is what people write (《食品安全法》第三十五条、第三十六条); a Codex
// judges it on a day.
package laws
