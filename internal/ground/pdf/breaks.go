package pdf

import "strings"

// What may not begin a line, and what may not end one (避头尾, GB/T 15834).
const (
	notFirst = "。，、；：！？）》〉”’】〕』」…—％%,.;:!?)]}～·"
	notLast  = "（《〈“‘【〔『「([{"
)

// A Line is one line of a paragraph; Last if the paragraph, or a part of it, ends here.
type Line struct {
	Text string
	Last bool
}

// Lines breaks text at its line ends and where a line of width millimetres is
// full; the first is shorter by indent. Words of Latin letters and numbers stay
// whole if they fit on a line.
func (d *Document) Lines(text string, size, width, indent float64) []Line {
	var all []Line
	for part := range strings.SplitSeq(text, "\n") {
		lines := d.fill(clusters(part), size, width, indent)
		for i, line := range lines {
			all = append(all, Line{line, i == len(lines)-1})
		}
		indent = 0
	}
	return all
}

// fill puts words on lines.
func (d *Document) fill(words []string, size, width, indent float64) []string {
	var lines []string
	line, used := "", indent
	for len(words) > 0 {
		word := words[0]
		w := d.Width(word, size)
		switch {
		case used+w <= width || line == "" && len([]rune(word)) == 1:
			line, used, words = line+word, used+w, words[1:]
			continue
		case line == "": // a word longer than a line
			head, tail := d.cut(word, size, width-used)
			words[0] = tail
			lines, used = append(lines, head), 0
			continue
		}
		lines = append(lines, strings.TrimRight(line, " "))
		line, used = "", 0
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// cut parts a word that is longer than a line.
func (d *Document) cut(word string, size, width float64) (head, tail string) {
	letters := []rune(word)
	n := 1
	for n < len(letters) && d.Width(string(letters[:n+1]), size) <= width {
		n++
	}
	return string(letters[:n]), string(letters[n:])
}

// clusters parts a text into what must stay on one line: a Han character with the
// marks that cling to it, or a word of other letters.
func clusters(text string) []string {
	var all []string
	join := false
	for _, r := range text {
		last := len(all) - 1
		switch {
		case last < 0:
			all = append(all, string(r))
		case join, strings.ContainsRune(notFirst, r), solid(r) && solidEnd(all[last]):
			all[last] += string(r)
		default:
			all = append(all, string(r))
		}
		join = strings.ContainsRune(notLast, r)
	}
	return all
}

// solid reports whether r is part of a word that is not broken.
func solid(r rune) bool { return r > ' ' && r < 0x2E80 && !strings.ContainsRune(notLast, r) }

func solidEnd(word string) bool {
	letters := []rune(word)
	return solid(letters[len(letters)-1]) && !strings.ContainsRune("，。；：、", letters[len(letters)-1])
}
