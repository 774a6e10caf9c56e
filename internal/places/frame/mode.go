package frame

import (
	"embed"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"tongban/internal/ground/page"
)

//go:embed static
var static embed.FS

// Files are the stylesheet, scripts and pictures of all pages.
var Files = files()

func files() *page.Assets {
	inside, err := fs.Sub(static, "static")
	if err != nil {
		panic(err) // a constant name
	}
	assets, err := page.NewAssets("/static/", inside)
	if err != nil {
		panic(err) // the files are built in; a test has loaded them
	}
	return assets
}

// Routes are the addresses of the frame itself.
func Routes(mux *http.ServeMux) {
	mux.Handle("GET /static/", Files)
	mux.HandleFunc("GET /favicon.ico", favicon)
	mux.HandleFunc("GET /mode", Mode)
	mux.HandleFunc("GET /design", DesignPage)
	mux.HandleFunc("GET /design/{shell}", DesignShell)
	mux.HandleFunc("GET /design/hits", DesignHits)
}

// favicon serves the picture that browsers ask for by themselves.
func favicon(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, Files.Path("icon.svg"), http.StatusFound)
}

// modeCookie holds the letters of the modes that are on: e 长辈版, d 高对比, k 不用单键快捷键.
const modeCookie = "mode"

func modes(r *http.Request) (elder, dark, noKeys bool) {
	c, err := r.Cookie(modeCookie)
	if err != nil {
		return false, false, false // no cookie, no mode
	}
	return strings.Contains(c.Value, "e"), strings.Contains(c.Value, "d"), strings.Contains(c.Value, "k")
}

// Mode switches 长辈版 (elder), 高对比 (contrast) or single keys (keys) on or
// off, remembers it for a year, and goes back to where the reader was.
func Mode(w http.ResponseWriter, r *http.Request) {
	elder, dark, noKeys := modes(r)
	q := r.URL.Query()
	letters := letter(q, "elder", elder, "e") + letter(q, "contrast", dark, "d") + letter(q, "nokeys", noKeys, "k")
	http.SetCookie(w, &http.Cookie{Name: modeCookie, Value: letters, Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, SameSite: http.SameSiteLaxMode})
	page.SeeOther(w, r, q.Get("back"))
}

func letter(q url.Values, name string, now bool, letter string) string {
	if q.Has(name) {
		now = q.Get(name) == "1"
	}
	if now {
		return letter
	}
	return ""
}

func escape(text string) string { return url.QueryEscape(text) }
