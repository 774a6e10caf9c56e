package papers

// The gaps that say on what article a paper rests: in a sentence, and by itself.
const (
	founded = "法律依据"
	article = "依据条款"
)

// articles are those of 行政许可法 on which papers rest. The law is about licences
// (第二条): papers of other kinds of item say 依法, or leave the article out.
var articles = map[Key]string{
	"correction": "第三十二条第一款第四项", "acceptance": "第三十二条第一款第五项", "acceptance-deemed": "第三十二条第一款第四项",
	"not-needed": "第三十二条第一款第一项", "refusal": "第三十二条", "extension": "第四十二条", "sent-up": "第四十三条",
	"special": "第四十五条", "experts": "第四十五条", "hearing-right": "第四十七条", "hearing": "第四十八条", "hearing-minutes": "第四十八条",
	"later-notice": "第七条", "check": "第六十九条",
}

// Found fills in what a paper of the form rests on.
func Found(form Key, licence bool, v Values) {
	v[founded], v[article] = "依法", ""
	if a := articles[form]; licence && a != "" {
		v[article] = "《中华人民共和国行政许可法》" + a
		v[founded] = "根据" + v[article] + "的规定，"
	}
}

// founded are the gaps of a form that rests on an article, as a licence has them.
func (f Form) founded() []Word {
	if articles[f.Key] == "" {
		return nil
	}
	v := Values{}
	Found(f.Key, true, v)
	return []Word{may(founded, v[founded]), may(article, v[article])}
}
