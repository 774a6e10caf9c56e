package app

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/spans"
	"tongban/internal/handling/cases"
)

// meters are what monitoring sees of the whole program (运行指标). Counting is
// always on; who may read it is decided by where Metrics listens.
type meters struct {
	registry *prometheus.Registry
	acts     *prometheus.HistogramVec
	routes   *prometheus.HistogramVec
	faults   *prometheus.CounterVec
	works    *prometheus.HistogramVec
}

// seconds are bounds for acts and pages.
var seconds = []float64{.001, .003, .01, .03, .1, .3, 1, 3, 10}

func newMeters() *meters {
	histogram := func(name, help string, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "tongban_" + name, Help: help, Buckets: seconds}, labels)
	}
	m := &meters{
		registry: prometheus.NewRegistry(),
		acts:     histogram("act_seconds", "办件操作的秒数；code 为错误代码，成功为 ok", "act", "code"),
		routes:   histogram("http_seconds", "每个网址的应答秒数", "route", "status"),
		faults:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tongban_http_faults_total", Help: "按错误代码计的失败应答"}, []string{"code"}),
		works:    histogram("work_seconds", "定时工作的秒数", "work", "result"),
	}
	m.registry.MustRegister(m.acts, m.routes, m.faults, m.works, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// seen counts an answer.
func (m *meters) seen(_ *http.Request, a page.Answer) {
	if a.Route == "" {
		a.Route = "other"
	}
	m.routes.WithLabelValues(a.Route, strconv.Itoa(a.Status)).Observe(a.Took.Seconds())
	if a.Fault != "" {
		m.faults.WithLabelValues(a.Fault).Inc()
	}
}

// Metrics are the addresses for monitoring, on a listener of their own: they
// tell much about the city's business and nothing about anybody.
func (a *App) Metrics() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.meters.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	a.health(mux)
	return mux
}

// watch registers what rooms tell of themselves.
func (a *App) watch() {
	a.meters.registry.MustRegister(a.DB, a.Post, &standing{a})
}

// counted counts the acts on cases as they pass to the store.
type counted struct {
	cases.Store
	acts *prometheus.HistogramVec
}

func (c counted) Add(ctx context.Context, r cases.Request, one *cases.Case, m cases.Moved, e *items.Edition, then ...func(*cases.Case) (cases.Moved, error)) (*cases.Case, error) {
	started := time.Now()
	ctx, end := spans.Begin(ctx, "act "+actOf(r))
	kept, err := c.Store.Add(ctx, r, one, m, e, then...)
	end(err)
	c.note(r, started, err)
	return kept, err
}

func (c counted) Change(ctx context.Context, r cases.Request, id cases.ID, do func(*cases.Case) (cases.Moved, error)) (*cases.Case, error) {
	started := time.Now()
	ctx, end := spans.Begin(ctx, "act "+actOf(r))
	kept, err := c.Store.Change(ctx, r, id, do)
	end(err)
	c.note(r, started, err)
	return kept, err
}

// actOf is the act that a request is for.
func actOf(r cases.Request) string {
	act, _, _ := strings.Cut(r.What, " ")
	return act
}

func (c counted) note(r cases.Request, started time.Time, err error) {
	act := actOf(r)
	code := "ok"
	if err != nil {
		code = fault.Code(err)
	}
	c.acts.WithLabelValues(act, code).Observe(time.Since(started).Seconds())
}

// standing tells Prometheus which works and queues stand still.
type standing struct{ *App }

var (
	workAge    = prometheus.NewDesc("tongban_work_age_seconds", "定时工作距上次完成的秒数", []string{"work"}, nil)
	workLong   = prometheus.NewDesc("tongban_work_running_seconds", "做得久的定时工作已经做了多少秒；没有在做的为 0", []string{"work"}, nil)
	alarms     = prometheus.NewDesc("tongban_alarms", "停滞、做得太久或者失败的发送、定时工作和监听者数；不为 0 即须处理", nil, nil)
	queueDepth = prometheus.NewDesc("tongban_queue_waiting", "各发送队列里等待的条数", []string{"queue"}, nil)
	unused     = prometheus.NewDesc("tongban_files_unused", "上传后还没有办件用到的附件数", nil, nil)
	unusedSize = prometheus.NewDesc("tongban_files_unused_bytes", "上传后还没有办件用到的附件的字节数", nil, nil)
	queueAge   = prometheus.NewDesc("tongban_queue_oldest_seconds", "各发送队列里最早一条等待的秒数", []string{"queue"}, nil)
	crowd      = prometheus.NewDesc("tongban_http_inside", "正在办理和在门口等待的请求数", []string{"place"}, nil)
	sentAway   = prometheus.NewDesc("tongban_http_sent_away_total", "因拥挤而请稍后再来的请求数", nil, nil)
)

func (s *standing) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{workAge, workLong, alarms, queueDepth, queueAge, crowd, sentAway, unused, unusedSize} {
		to <- d
	}
}

func (s *standing) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	inside, waiting, away := s.crowd.Count()
	gauge(crowd, float64(inside), "inside")
	gauge(crowd, float64(waiting), "waiting")
	to <- prometheus.MustNewConstMetric(sentAway, prometheus.CounterValue, float64(away))
	ctx, cancel := context.WithTimeout(context.Background(), 9*time.Second) // Prometheus waits for ten
	defer cancel()
	all, err := s.backlog(ctx)
	if err != nil {
		gauge(alarms, 1) // that nobody can look is one
		return
	}
	for _, w := range all.Works {
		gauge(workAge, w.Well(s.Now()).Seconds(), w.Name)
		gauge(workLong, w.Taking(s.Now()).Seconds(), w.Name)
	}
	for _, q := range all.Queues {
		gauge(queueDepth, float64(q.Waiting), q.Name)
		gauge(queueAge, q.Age.Seconds(), q.Name)
	}
	gauge(alarms, float64(len(all.Alarms)))
	if c, err := s.Loose.Count(ctx); err == nil { // otherwise the alarm for the database rings
		gauge(unused, float64(c.Files))
		gauge(unusedSize, float64(c.Bytes))
	}
}
