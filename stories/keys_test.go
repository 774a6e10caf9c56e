package stories

import (
	"fmt"
	"strconv"
	"time"

	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
)

// seriesCalled are the keys by the names that administrators read.
var seriesCalled = map[string]secret.Series{}

func init() {
	for _, one := range secret.AllSeries {
		seriesCalled[one.Say()] = one
	}
	laterSteps = append(laterSteps,
		sentence(`管理员做好新的 (\S+)`, func(s *teller, w []string) error {
			_, err := s.Keys.Rotate(seriesCalled[w[0]])
			return err
		}),
		sentence(`管理员删去旧的 (\S+)`, func(s *teller, w []string) error {
			_, err := s.RetireKeys(s.t.Context(), seriesCalled[w[0]])
			return err
		}),
		sentence(`＝ ?旧的 (\S+) 还有人需要，不能删去`, func(s *teller, w []string) error {
			_, err := s.RetireKeys(s.t.Context(), seriesCalled[w[0]])
			s.expected(fault.Code(err), "app.keys.needed")
			return nil
		}),
		sentence(`程序换密钥 (\d+) 次`, replaceKeys),
		sentence(`＝ ?(\S+) 用到第(\d)代`, func(s *teller, w []string) error {
			s.expected(strconv.Itoa(s.Keys.Used(seriesCalled[w[0]])), w[1])
			return nil
		}),
		sentence(`打印 (\S+) 的全部文书`, printAll),
		sentence(`＝ ?打印过的文书扫码都能核验`, func(s *teller, _ []string) error {
			for _, code := range s.codes {
				if _, err := s.Cases.PaperByCode(s.t.Context(), code); err != nil {
					return err
				}
			}
			s.expected(fmt.Sprint(len(s.codes) > 1), "true")
			return nil
		}),
		sentence(`＝ ?证件号 (\S+) 是 (\S+)`, func(s *teller, w []string) error {
			p, err := s.Parties.Store.ByDocument(s.t.Context(), parties.Document{Type: parties.ResidentCard, Number: w[0]})
			s.expected(p.Name, w[1])
			return err
		}))
}

// replaceKeys does what the program does by itself, twenty seconds apart: it takes new
// keys up, makes old values anew, and gives seals their successors.
func replaceKeys(s *teller, w []string) error {
	times, err := strconv.Atoi(w[0])
	for range times {
		if err == nil {
			err = s.Rekey.Work(s.t.Context())
		}
		if err == nil {
			err = s.Seals.Renew(s.t.Context())
		}
		s.now = s.now.Add(20 * time.Second)
	}
	return err
}

// printAll keeps what the square codes on the papers of a case say.
func printAll(s *teller, w []string) error {
	c := s.find(w[0])
	for _, p := range c.Papers {
		sheet, err := s.Cases.PaperOf(s.t.Context(), c.ID, p.Kind, p.Seq, s.person(c.Applicant.Name))
		if err != nil {
			return err
		}
		s.codes = append(s.codes, sheet.Code)
	}
	return nil
}
