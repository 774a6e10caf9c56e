package sqldb

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// meter is how the database has been used (运行指标), for monitoring.
type meter struct {
	reads  prometheus.Histogram // from the question to the first row
	writes prometheus.Histogram // from joining the line to the answer
	groups prometheus.Histogram // acts that shared a commit
	failed prometheus.Counter
	handed prometheus.Counter // bytes of the values that were kept
}

// times are bounds in seconds: from a page in the cache to someone giving up.
var times = []float64{.0001, .0003, .001, .003, .01, .03, .1, .3, 1, 3, 10}

func newMeter() meter {
	histogram := func(name, help string, bounds []float64) prometheus.Histogram {
		return prometheus.NewHistogram(prometheus.HistogramOpts{Name: "tongban_sql_" + name, Help: help, Buckets: bounds})
	}
	return meter{
		reads:  histogram("read_seconds", "从发出查询到第一行结果的秒数", times),
		writes: histogram("write_seconds", "从排队到提交完成的秒数", times),
		groups: histogram("commit_acts", "一次提交里共享的操作数", []float64{1, 2, 4, 8, 16, 32, 64}),
		failed: prometheus.NewCounter(prometheus.CounterOpts{Name: "tongban_sql_write_failures_total", Help: "没有提交成功的写操作"}),
		handed: prometheus.NewCounter(prometheus.CounterOpts{Name: "tongban_sql_handed_bytes_total", Help: "交给数据库保存的各行数据的字节数；索引、整页和日志不算"}),
	}
}

func (m *meter) read(since time.Time) { m.reads.Observe(time.Since(since).Seconds()) }

func (m *meter) wrote(since time.Time, err error) {
	m.writes.Observe(time.Since(since).Seconds())
	if err != nil {
		m.failed.Inc()
	}
}

// kept counts what a batch said that was kept.
func (m *meter) kept(b *Batch) { m.handed.Add(float64(b.bytes())) }

// bytes are the bytes of the values in a batch; eight of each that is no text.
func (b *Batch) bytes() (n int) {
	count := func(values []any) {
		for _, v := range values {
			switch v := v.(type) {
			case string:
				n += len(v)
			case []byte:
				n += len(v)
			default:
				n += 8
			}
		}
	}
	for _, s := range b.statements {
		count(s.args)
	}
	for _, l := range b.logged {
		count(l.row)
	}
	return n
}

// What is asked of the pools when somebody looks.
var (
	lineLength  = prometheus.NewDesc("tongban_sql_line", "排队等待写入的操作数", nil, nil)
	connections = prometheus.NewDesc("tongban_sql_connections", "读连接数", []string{"state"}, nil)
	poolWaits   = prometheus.NewDesc("tongban_sql_connection_waits_total", "等待连接的次数", nil, nil)
	poolWaited  = prometheus.NewDesc("tongban_sql_connection_wait_seconds_total", "等待连接的总秒数", nil, nil)
)

// Describe and Collect make the database something that Prometheus can watch.
func (db *DB) Describe(to chan<- *prometheus.Desc) { prometheus.DescribeByCollect(db, to) }

// Collect tells how the database has been used and who waits for it now.
func (db *DB) Collect(to chan<- prometheus.Metric) {
	for _, c := range []prometheus.Metric{db.meter.reads, db.meter.writes, db.meter.groups, db.meter.failed, db.meter.handed} {
		to <- c
	}
	pool := db.Pool()
	to <- prometheus.MustNewConstMetric(lineLength, prometheus.GaugeValue, float64(db.Line()))
	to <- prometheus.MustNewConstMetric(connections, prometheus.GaugeValue, float64(pool.Busy), "busy")
	to <- prometheus.MustNewConstMetric(connections, prometheus.GaugeValue, float64(pool.Idle), "idle")
	to <- prometheus.MustNewConstMetric(poolWaits, prometheus.CounterValue, float64(pool.Waits))
	to <- prometheus.MustNewConstMetric(poolWaited, prometheus.CounterValue, pool.Waited.Seconds())
}

// Line is how many acts wait to be written.
func (db *DB) Line() int { return len(db.line) }

// A Pool is the connections for reading and, on PostgreSQL, for conversations.
type Pool struct {
	Busy, Idle int
	Waits      int64         // how often somebody found none free
	Waited     time.Duration // for how long, all together
}

// Pool tells how the connections are used.
func (db *DB) Pool() Pool {
	if db.pool != nil {
		s := db.pool.Stat()
		return Pool{int(s.AcquiredConns()), int(s.IdleConns()), s.EmptyAcquireCount(), s.EmptyAcquireWaitTime()}
	}
	s := db.reads.Stats()
	return Pool{s.InUse, s.Idle, s.WaitCount, s.WaitDuration}
}
