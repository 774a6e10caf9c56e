package items

import (
	"regexp"
	"strconv"
	"strings"

	"tongban/internal/civic/codes"
)

// A weighing is what two wordings are to the applicant, as far as their numbers
// tell.
type weighing int

const (
	unclear weighing = iota // other words, or numbers that may be better or worse
	lighter                 // the same words, and no number asks for more
	heavier                 // the same words, and a number asks for more
	level                   // the same numbers, only written otherwise
)

// figure is a number in a text, in digits or as it is spoken.
var figure = regexp.MustCompile(`[0-9０-９]+(?:[.．][0-9０-９]+)?|[零〇一二两三四五六七八九十百千]+`)

// Words that say which way a number demands: at least, so that more is asked by a
// greater one, or at most.
var (
	least  = `不得?少于|不得?低于|不得?小于|不得?短于|至少|达到|年满|已满|满|超过|大于|高于|多于|长于`
	most   = `不得?超过|不得?多于|不得?高于|不得?大于|不得?长于|至多|最多|少于|低于|小于|短于|未满|不满|不足`
	bound  = regexp.MustCompile(`(?:(` + most + `)|(` + least + `))[^，。；、0-9]{0,4}$`)
	orMore = regexp.MustCompile(`^[^，。；、0-9]{0,6}(?:以上|及以上)`)
	orLess = regexp.MustCompile(`^[^，。；、0-9]{0,6}(?:以下|以内|之内|内)`)
	bounds = regexp.MustCompile(most + `|` + least)
	turned = regexp.MustCompile(`[不未无非免没禁除减折返]|优惠|补贴`) // a greater number may then be the lighter one
)

// weigh compares two wordings of one demand: the words must be the same but for
// the numbers, and each number that differs must stand beside a word that tells
// which way it demands. Whatever else is unclear.
func weigh(mine, theirs string) weighing {
	return weighed(mine, theirs, func(before, after string) int {
		said := bound.FindStringSubmatch(before)
		switch {
		case turned.MatchString(bounds.ReplaceAllString(mine, "")), said != nil && (orLess.MatchString(after) || orMore.MatchString(after)):
			return 0
		case said != nil && said[1] != "", said == nil && orLess.MatchString(after):
			return -1
		case said != nil, orMore.MatchString(after):
			return 1
		default:
			return 0
		}
	})
}

// weighed compares the numbers of two texts of the same words; way tells of each
// whether a greater one asks for more (1), for less (-1), or that it is not known (0).
func weighed(mine, theirs string, way func(before, after string) int) weighing {
	if !sameWords(mine, theirs) {
		return unclear
	}
	answer, theirAt := level, figure.FindAllStringIndex(theirs, -1)
	for i, at := range figure.FindAllStringIndex(mine, -1) {
		a, ok := figureOf(mine[at[0]:at[1]])
		b, ok2 := figureOf(theirs[theirAt[i][0]:theirAt[i][1]])
		if !ok || !ok2 {
			return unclear
		}
		if a == b {
			continue
		}
		switch sense := way(mine[:at[0]], mine[at[1]:]); {
		case sense == 0:
			return unclear
		case (a > b) == (sense > 0):
			answer = heavier
		case answer == level:
			answer = lighter
		}
	}
	return answer
}

// sameWords reports whether two texts differ in nothing but figures.
func sameWords(a, b string) bool {
	return figure.ReplaceAllString(a, "#") == figure.ReplaceAllString(b, "#")
}

// theMoreTheBetter compares how much is allowed: 三个月内出具的, 每年十个.
func theMoreTheBetter(mine, theirs string) weighing {
	return weighed(mine, theirs, func(string, string) int { return -1 })
}

// An amount of money, and the words by which a figure in a fee is none to be paid.
var (
	money   = regexp.MustCompile(`^(?:万|亿)?(?:元|块|角|分)`)
	notPaid = regexp.MustCompile(`(?:超过|超出|满|不足|达到|低于|高于|[0-9零〇一二两三四五六七八九十百千]+(?:至|到|-|—|～|~))[^，。；、]{0,3}$`)
	upTo    = regexp.MustCompile(`^(?:万|亿)?(?:元|块)?(?:至|到|-|—|～|~|以上|以下|以内|部分)`)
)

// dearer compares two standards of a fee: 每证8元 is less than 每证10元. Only sums
// that are paid are weighed, not the steps by which they are reckoned.
func dearer(mine, theirs string) weighing {
	return weighed(mine, theirs, func(before, after string) int {
		if !money.MatchString(after) || notPaid.MatchString(before) || upTo.MatchString(after) || turned.MatchString(mine) {
			return 0
		}
		return 1
	})
}

// figureOf reads a number in digits, or as it is spoken up to thousands.
func figureOf(text string) (float64, bool) {
	plain := strings.ReplaceAll(strings.Map(codes.Halfwidth, text), "．", ".")
	if n, err := strconv.ParseFloat(plain, 64); err == nil {
		return n, true
	}
	n, ok := codes.Numeral(text)
	return float64(n), ok
}
