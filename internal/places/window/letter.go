package window

import (
	"slices"

	"tongban/internal/ground/ink"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// letter is what the clerk says of the letter of promises (容缺受理承诺书): that it was
// signed on paper, and that an agent showed their power of attorney.
type letter struct{ OnPaper, Attorney bool }

func readLetter(f *page.Form) letter { return letter{f.Has("letter"), f.Has("letter.attorney")} }

// under puts what the clerk says to each promise.
func (l letter) under(promises []cases.Promise) {
	for i := range promises {
		promises[i].OnPaper, promises[i].Attorney = l.OnPaper, l.Attorney
	}
}

// signedBy are the promises with a letter that was signed on the screen.
func signedBy(promises []cases.Promise, s ink.Signature) []cases.Promise {
	promises = slices.Clone(promises)
	for i := range promises {
		promises[i].Signed, promises[i].OnPaper = &s, false
	}
	return promises
}

func letterLabel(b signBox) string {
	if b.sends() {
		return "有容缺的：申请人没有在签署屏上签，而是在纸上签了《容缺受理承诺书》"
	}
	return "有容缺的：申请人自愿选择，已告知逾期后果，并签署《容缺受理承诺书》"
}
