package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
)

// durable are PocketBase's own settings of SQLite, but every commit is on the
// disk before it is answered.
const durable = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)"

// tables are those of the thinnest server, on the same seven indexes.
var tables = []struct {
	name    string
	fields  []string
	indexes []string
}{
	{"cases", []string{"number", "agency", "applicant", "state", "due", "body"},
		[]string{"CREATE INDEX c1 ON cases (number)", "CREATE INDEX c2 ON cases (agency, state, due)", "CREATE INDEX c3 ON cases (applicant, id)"}},
	{"materials", []string{"case_id", "material", "files"}, nil},
	{"tasks", []string{"case_id", "node", "post", "open", "since"}, []string{"CREATE INDEX t1 ON tasks (post, open, since)", "CREATE INDEX t2 ON tasks (since)"}},
	{"events", []string{"case_id", "seq", "act", "body", "at"}, []string{"CREATE INDEX e1 ON events (at)"}},
	{"outs", []string{"target", "body"}, []string{"CREATE INDEX o1 ON outs (target, id)"}},
}

var numbers = []string{"due", "at", "since", "open", "seq"}

// servePocketBase serves it: os.Args are PocketBase's.
func servePocketBase() error {
	app := pocketbase.NewWithConfig(pocketbase.Config{HideStartBanner: true,
		DBConnect: func(path string) (*dbx.DB, error) { return dbx.Open("sqlite", path+durable) }})
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		for _, t := range tables {
			if err := app.Save(collection(t.name, t.fields, t.indexes)); err != nil {
				return err
			}
		}
		s := app.Settings()
		s.Batch.Enabled, s.Batch.MaxRequests, s.Batch.Timeout = true, 50, 30
		s.Logs.MaxDays = 0
		if err := app.Save(s); err != nil {
			return err
		}
		return e.Next()
	})
	return app.Start()
}

func collection(name string, fields, indexes []string) *core.Collection {
	anybody := ""
	c := core.NewBaseCollection(name)
	c.ListRule, c.ViewRule, c.CreateRule, c.UpdateRule = &anybody, &anybody, &anybody, &anybody
	for _, f := range fields {
		if slices.Contains(numbers, f) {
			c.Fields.Add(&core.NumberField{Name: f})
		} else {
			c.Fields.Add(&core.TextField{Name: f, Max: 20000})
		}
	}
	c.Indexes = indexes
	return c
}

// pocketBase measures it in a process of its own.
func pocketBase(ctx context.Context, dir string, r round) (float64, error) {
	at := free()
	server := exec.CommandContext(ctx, os.Args[0], "serve", "--http", at, "--dir", dir)
	if err := server.Start(); err != nil {
		return 0, err
	}
	defer stop(server)
	if err := until(func() error { return ok(http.Get("http://" + at + "/api/health")) }); err != nil {
		return 0, err
	}
	c := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: r.clients}}
	return lead(r, func(ctx context.Context, n int) error {
		return (&record{client: c, at: at, id: newID(), by: n}).live(ctx)
	})
}

func newID() string { return strings.ToLower(rand.Text())[:15] }

type fields map[string]any

// A record is one case on its way.
type record struct {
	client *http.Client
	at, id string
	by     int
	seq    int
	tasks  map[string]string
}

var text = strings.Repeat("食品经营许可", 100)

func (c *record) live(ctx context.Context) error {
	c.tasks = map[string]string{}
	hash := strings.Repeat("5e", 32)
	err := c.act(ctx, "submit",
		insert("cases", fields{"id": c.id, "number": "320300" + c.id, "agency": "yl-market", "applicant": fmt.Sprint(c.by), "state": "received", "due": time.Now().UnixMilli(), "body": text}),
		insert("materials", fields{"case_id": c.id, "material": "a", "files": hash}), insert("materials", fields{"case_id": c.id, "material": "b", "files": hash}), c.open("accept"))
	if err == nil {
		err = c.act(ctx, "accept", c.state("accepted"), c.close("accept"), c.open("papers"), c.open("layout"), c.open("fire"))
	}
	for _, review := range []string{"papers", "layout"} {
		if err == nil {
			err = c.act(ctx, review, c.state("accepted"), c.close(review))
		}
	}
	if err == nil {
		err = c.act(ctx, "fire", c.state("accepted"), c.close("fire"), c.open("decide"))
	}
	if err == nil {
		err = c.act(ctx, "decide", c.state("granted"), c.close("decide"))
	}
	return err
}

func (c *record) state(s string) fields { return update("cases", c.id, fields{"state": s}) }

func (c *record) close(node string) fields { return update("tasks", c.tasks[node], fields{"open": 0}) }

func (c *record) open(node string) fields {
	c.tasks[node] = newID()
	return insert("tasks", fields{"id": c.tasks[node], "case_id": c.id, "node": node, "post": "post-" + node, "open": 1, "since": time.Now().UnixMilli()})
}

func insert(table string, body fields) fields {
	return fields{"method": "POST", "url": "/api/collections/" + table + "/records", "body": body}
}

func update(table, id string, body fields) fields {
	return fields{"method": "PATCH", "url": "/api/collections/" + table + "/records/" + id, "body": body}
}

// act does all of it in one transaction, with the history and what is to be told.
func (c *record) act(ctx context.Context, act string, all ...fields) error {
	c.seq++
	all = append(all, insert("events", fields{"case_id": c.id, "seq": c.seq, "act": act, "body": text[:60], "at": time.Now().UnixMilli()}),
		insert("outs", fields{"target": "province", "body": c.id + act}))
	body, err := json.Marshal(fields{"requests": all})
	if err != nil {
		return err
	}
	ask, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+c.at+"/api/batch", bytes.NewReader(body))
	if err != nil {
		return err
	}
	ask.Header.Set("Content-Type", "application/json")
	return ok(c.client.Do(ask))
}

// ok reads an answer to its end, and says what is wrong with it.
func ok(answer *http.Response, err error) error {
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, said)
	}
	return err
}
