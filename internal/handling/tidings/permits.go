package tidings

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/marks"
	"tongban/internal/register/licences"
)

// said are the acts of agencies that the holder of a licence is told about, in
// words; what was granted or prolonged is told of the case it was asked for in.
var said = map[licences.Act]string{
	licences.Suspend: "被暂扣", licences.Restore: "已经发还，恢复有效", licences.Cancel: "已经注销",
	licences.Withdraw: "已被撤销", licences.Revoke: "已被吊销", licences.Recall: "已被撤回",
}

// permits is the news of the actor's composite licences: an agency did something
// to one permit, which made a new edition, and the other permits stand as they did.
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
				w := marks.Word{Of: l.Sheet, Stage: int64(e.Edition), Say: "“" + e.Part.Permit + "”" + word + why(e.Reason), Name: l.Name + "综合许可证", At: e.At}
				all = append(all, Message{Kind: OfLicence, Word: w, Number: l.Number, Act: string(e.Act), mark: l.ID.Stream()})
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
