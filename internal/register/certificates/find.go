package certificates

import (
	"context"
	"slices"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Marks are the words by which a certificate is found besides its identifier:
// the number printed on it and its holder's name, whole.
func (r Record) Marks() []string {
	var all []string
	for _, text := range []string{r.Number, r.Holder.Name} {
		if word := markOf(text); word != "" && !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	return all
}

// markOf is a text without what people leave out or write otherwise.
func markOf(text string) string {
	return strings.ToUpper(strings.Join(strings.Fields(strings.NewReplacer("（", "(", "）", ")", "　", " ").Replace(text)), ""))
}

// mostFound is how many certificates a word finds.
const mostFound = 20

// Named finds certificates by the number printed on them or by the whole name of
// the holder, for those who serve people. Who looks must say why, and be written
// down, before they see what was found (parties.Service.Unmask).
func (s *Service) Named(ctx context.Context, text string, by identity.Actor) ([]*Certificate, error) {
	if !slices.ContainsFunc(identity.Serving, by.Plays) {
		return nil, fault.New(fault.Forbidden, "certificates.named.by", "您的岗位不能按姓名、编号查找证照")
	}
	word := markOf(text)
	if word == "" {
		return nil, fault.New(fault.Invalid, "certificates.named.text", "请输入证照上的编号或者持有人的完整姓名、名称").At("named", "required", "请输入证照上的编号或者持有人的完整姓名、名称")
	}
	return s.Store.Marked(ctx, word, mostFound)
}

// MarkOld gives older certificates the words by which they are found.
func (s *Service) MarkOld(ctx context.Context) error { return s.Store.MarkOld(ctx) }
