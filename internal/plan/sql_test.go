package plan

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// foreign is what SQL must do without, and why: SQLite and PostgreSQL take one
// text, and PostgreSQL-compatible distributed engines (doc/decisions/databases.md)
// lack or dearly pay for the rest.
var foreign = []struct{ pattern, why string }{
	{`(BIG|SMALL)SERIAL\b|\w SERIAL( PRIMARY| NOT| UNIQUE|\s*[,)])|AUTOINCREMENT|SEQUENCE\b|NEXTVAL|GENERATED\b`, "keys are made in Go: a global counter is a hot spot"},
	{`TRIGGER\b|CREATE (OR REPLACE )?(FUNCTION|PROCEDURE|RULE)\b|\bDO \$\$`, "rules stand in Go, where tests find them"},
	{`LISTEN\b|NOTIFY\b|ADVISORY_|FOR (UPDATE|SHARE|NO KEY UPDATE)\b|LOCK TABLE|SKIP LOCKED`, "rows carry versions and leases; nothing is locked"},
	{`NOW\(|CURRENT_(DATE|TIME|TIMESTAMP)\b|STRFTIME|DATETIME\(|JULIANDAY|\bAGE\(|INTERVAL '`, "time comes from Go: databases have clocks of their own"},
	{`TIMESTAMP(TZ)?\b|\bDATE NOT NULL|BOOLEAN\b|JSONB?\b|UUID\b|BYTEA\b|NUMERIC\b|\bREAL\b|DOUBLE PRECISION|\bTEXT\[\]`, "columns are TEXT, BIGINT and SMALLINT"},
	{`->>|::|\bUNNEST\(|= ANY ?\(|JSON_[A-Z]+\(|ARRAY\[`, "one dialect's operators"},
	{`\bILIKE\b|\bGLOB\b|\bREGEXP\b|~\*|\bSIMILAR TO\b`, "databases disagree on what matches"},
	{`RANDOM\(|GEN_RANDOM|LAST_INSERT_ROWID|[^T] ROWID\b|\bROWID[ ,=)]|\bOID\b`, "the database invents nothing"},
	{`INSERT OR|REPLACE INTO|\bPRAGMA\b|\bAUTO_INCREMENT\b|\bIFNULL\(|\bVACUUM\b`, "SQLite alone understands it"},
	{`DISTINCT ON|\bLATERAL\b|\bTABLESAMPLE\b|\bMATERIALIZED VIEW\b|\bINHERITS\b|\bEXCLUDE USING\b|\bDEFERRABLE\b|\bTABLESPACE\b`, "PostgreSQL alone understands it"},
	{`\bTEMP(ORARY)? TABLE\b|\bUNLOGGED\b|CREATE EXTENSION|CREATE TYPE|CREATE DOMAIN|CREATE VIRTUAL|USING (GIN|GIST|BRIN|HASH)\b`, "distributed engines lack it"},
	{`\?(\s|,|\)|$)`, "arguments are $1, $2 …"},
}

// ours may speak to one dialect, for a reason each: everything else may not.
var ours = map[string]string{
	"internal/ground/sqldb/":                                "the door to the database knows both",
	"internal/catalogue/items/itemstore/search.go":          "full-text search differs; each dialect has a query of its own",
	"internal/catalogue/items/itemstore/schema/0002_search": "and an index of its own",
}

func TestSQLStaysInThePartAllDatabasesShare(t *testing.T) {
	texts, files := 0, 0
	sql(t, func(file, text string) {
		texts++
		for path := range ours {
			if strings.HasPrefix(file, path) {
				return
			}
		}
		if why := strange(text); why != "" {
			t.Errorf("%s: %s\n\t%s", file, why, strings.Join(strings.Fields(text), " "))
		}
	}, &files)
	if texts < 300 || files < 25 {
		t.Errorf("only %d texts and %d schema files found: has the way of writing them changed?", texts, files)
	}
}

func TestTheLinterOfSQLSees(t *testing.T) {
	for text, bad := range map[string]bool{
		"SELECT a FROM b WHERE c = $1":                         false,
		"CREATE UNIQUE INDEX i ON t (a) WHERE open = 1":        false,
		"INSERT INTO t (a) VALUES ($1) ON CONFLICT DO NOTHING": false,
		"CREATE TABLE t (id BIGSERIAL PRIMARY KEY)":            true,
		"SELECT a FROM b WHERE c = ?":                          true,
		"SELECT a FROM b WHERE at < now()":                     true,
		"SELECT a FROM b FOR UPDATE":                           true,
		"SELECT body->>'x' FROM b":                             true,
		"CREATE TRIGGER x AFTER INSERT ON t":                   true,
	} {
		if got := strange(text) != ""; got != bad {
			t.Errorf("%s: refused %v", text, got)
		}
	}
}

var patterns = func() (all []*regexp.Regexp) {
	for _, f := range foreign {
		all = append(all, regexp.MustCompile(`(?i)`+f.pattern))
	}
	return all
}()

// quoted is what stands between quotes in SQL, which is not SQL.
var quoted = regexp.MustCompile(`'[^']*'|--[^\n]*`)

func strange(text string) string {
	bare := quoted.ReplaceAllString(text, "''")
	for i, p := range patterns {
		if found := p.FindString(bare); found != "" {
			return strings.TrimSpace(found) + ": " + foreign[i].why
		}
	}
	return ""
}

// statement is how the SQL of a store begins.
var statement = regexp.MustCompile(`^\s*(SELECT|INSERT INTO|INSERT OR|UPDATE [a-z_]+ SET|DELETE FROM|WITH [a-z_]+ (AS|\()|CREATE (TABLE|INDEX|UNIQUE|VIEW|TRIGGER|SEQUENCE|TEMP)|ALTER TABLE|DROP TABLE|REPLACE INTO|PRAGMA)\b|^\s*(FROM|WHERE|JOIN|LEFT JOIN|ORDER BY|GROUP BY|AND) [a-z_.]+ `)

// sql shows every statement of the program's Go files and schema files.
func sql(t *testing.T, see func(file, text string), schemas *int) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != root) {
			if d != nil && d.IsDir() && err == nil {
				return filepath.SkipDir
			}
			return err
		}
		name, _ := filepath.Rel(root, path)
		switch {
		case strings.HasSuffix(path, ".sql") && strings.Contains(path, "/schema/"):
			*schemas++
			return inFile(path, filepath.ToSlash(name), see)
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "_templ.go"):
			return inGo(path, filepath.ToSlash(name), see)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func inFile(path, name string, see func(file, text string)) error {
	text, err := os.ReadFile(path)
	for one := range strings.SplitSeq(string(text), ";\n") {
		see(name, one)
	}
	return err
}

func inGo(path, name string, see func(file, text string)) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(literal.Value); err == nil && statement.MatchString(text) {
			see(name, text)
		}
		return true
	})
	return nil
}
