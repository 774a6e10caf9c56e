package laws

import (
	"regexp"
	"strings"
)

// A Word is one word of a question. An article answers it whose law, number or
// text holds the Text, that stands in one of the Laws, or that has the Number.
type Word struct {
	Text   string
	Laws   []string // as they are entered
	Number int      // as Article.Number; 0: the word is no number
}

// mostWords is how many words a search looks for.
const mostWords = 6

var (
	marks  = strings.NewReplacer("《", " ", "》", " ", "、", " ", "，", " ", "。", " ")
	seam   = regexp.MustCompile(`([A-Za-z]|[^第\P{Han}])([0-9０-９])`) // 食品安全法35条, spaqf35
	digits = regexp.MustCompile(`^(?:[0-9０-９]+|[零〇一二两三四五六七八九十百千]+)条?$`)
)

// wordsOf takes a question apart: 食品安全法第35条 asks for two things.
func (c *Codex) wordsOf(question string) []Word {
	question = oneArticle.ReplaceAllStringFunc(marks.Replace(question), func(article string) string {
		return " " + strings.Join(strings.Fields(article), "") + " "
	})
	texts := strings.Fields(seam.ReplaceAllString(question, "$1 $2"))
	words := make([]Word, 0, mostWords)
	for _, text := range texts[:min(len(texts), mostWords)] {
		words = append(words, Word{Text: text, Laws: c.Meant(text), Number: numbered(text)})
	}
	return words
}

// numbered is the article that a word names: 第三十五条, 35条, 三十五.
func numbered(text string) int {
	if spans := Articles(text); len(spans) == 1 {
		return spans[0].First
	}
	if !digits.MatchString(text) {
		return 0
	}
	return numeral(strings.TrimSuffix(text, "条")) * 100
}
