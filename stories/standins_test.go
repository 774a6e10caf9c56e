package stories

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

func init() {
	handSteps = append(handSteps,
		sentence(`(\S+) 安排 (\S+) 代岗 (\S+) 从 (\S+) 到 (\S+)`, func(s *teller, w []string) error {
			body := fmt.Sprintf(`{"absent":%q,"by":%q,"from":%q,"through":%q}`, s.person(w[2]).Account, s.person(w[1]).Account, w[3], w[4])
			_, err := s.byInterface(w[0], "POST", "/standins", body)
			return err
		}),
		sentence(`(\S+) 结束 (\S+) 的代岗`, func(s *teller, w []string) error {
			all, err := s.byInterface(w[1], "GET", "/standins", "")
			if err != nil {
				return err
			}
			for _, one := range all["items"].([]any) {
				if one := one.(map[string]any); one["absent"] == s.person(w[1]).Account {
					_, err := s.byInterface(w[0], "POST", "/standins/"+one["id"].(string)+"/end", "")
					return err
				}
			}
			s.t.Fatalf("%s\nnothing is arranged", s.line)
			return nil
		}),
	)
}

// byInterface has somebody sign in to the open interface and ask it for something;
// what it refuses is a fault.
func (s *teller) byInterface(login, method, path, body string) (map[string]any, error) {
	s.t.Helper()
	doors, err := s.Doors()
	if err != nil {
		return nil, err
	}
	token := ""
	call := func(method, path, body string) (map[string]any, error) {
		r := httptest.NewRequestWithContext(s.t.Context(), method, "/api/v1"+path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", sqldb.NewID())
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		answer, v := httptest.NewRecorder(), map[string]any{}
		doors.ServeHTTP(answer, r)
		if err := json.Unmarshal(answer.Body.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s %s: %d: %w", method, path, answer.Code, err)
		}
		if answer.Code >= http.StatusBadRequest {
			return nil, fault.New(fault.Invalid, v["code"].(string), "%s", v["detail"])
		}
		return v, nil
	}
	session, err := call("POST", "/sessions", fmt.Sprintf(`{"login":%q,"password":"Tongban-2026"}`, login))
	if err != nil {
		return nil, err
	}
	token = session["token"].(string)
	return call(method, path, body)
}
