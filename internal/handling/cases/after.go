package cases

import "time"

// mostBehind is how far the program's clock may have been set back, at most, for
// acts to go on as if no time had passed. Beyond that the acts are refused until
// somebody has looked: papers would bear days that are far off.
const mostBehind = 72 * time.Hour

// after is when an act takes place: now, or the moment at which the last thing
// happened to the case, if the clock was set back since. In a file time does not
// run backwards.
func (c *Case) after(now time.Time) time.Time {
	last := c.Opened
	for _, at := range []time.Time{c.Statutory.Latest().Time(), c.Promised.Latest().Time(), c.LowerTime().Latest().Time()} {
		if at.After(last) {
			last = at
		}
	}
	if late := last.Sub(now); late > 0 && late <= mostBehind {
		return last
	}
	return now
}
