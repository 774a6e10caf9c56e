package tidings

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/register/licences"
)

// A Permit is that an agency did something to one permit on a composite licence:
// a new edition of the licence, whose other permits stand as they did.
type Permit struct {
	Licence *licences.Licence // as it is now
	licences.Changed
}

// said are the acts of agencies that the holder of a licence is told about, in
// words; what was granted or prolonged is told of the case it was asked for in.
var said = map[licences.Act]string{
	licences.Suspend: "被暂扣", licences.Restore: "已经发还，恢复有效", licences.Cancel: "已经注销",
	licences.Withdraw: "已被撤销", licences.Revoke: "已被吊销", licences.Recall: "已被撤回",
}

// permits is the news of the actor's licences.
func (s *Service) permits(ctx context.Context, by identity.Actor) ([]Message, error) {
	own, err := s.Licences.Mine(ctx, by)
	if err != nil {
		return nil, err
	}
	var all []Message
	for _, l := range own {
		editions, err := s.Licences.Editions(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range editions {
			if word := said[e.Act]; word != "" {
				all = append(all, Message{Permit: &Permit{l, e}, Title: "“" + e.Part.Permit + "”" + word + why(e.Reason)})
			}
		}
	}
	return all, nil
}

func why(reason string) string {
	if reason == "" {
		return ""
	}
	return "：" + reason
}
