package event

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// meter is how much news was told to whom (运行指标), for monitoring.
type meter struct {
	told   *prometheus.CounterVec
	failed *prometheus.CounterVec
}

func newMeter() meter {
	counter := func(name, help string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tongban_news_" + name + "_total", Help: help}, []string{"listener"})
	}
	return meter{counter("told", "送达各监听者的消息数"), counter("failed", "监听者处理失败、留待重试的次数")}
}

var (
	newsWaiting = prometheus.NewDesc("tongban_news_waiting", "尚未送达的内部消息数", nil, nil)
	newsFailing = prometheus.NewDesc("tongban_news_failing", "其中处理失败过的条数", nil, nil)
	newsOldest  = prometheus.NewDesc("tongban_news_oldest_seconds", "最早一条未送达消息已经等待的秒数", nil, nil)
)

// Describe and Collect make the post office something that Prometheus can watch.
func (p *Post) Describe(to chan<- *prometheus.Desc) { prometheus.DescribeByCollect(p, to) }

// Collect tells what was delivered and what waits. If the database does not
// answer in two seconds the backlog is left out, which is itself an alarm.
func (p *Post) Collect(to chan<- prometheus.Metric) {
	p.meter.told.Collect(to)
	p.meter.failed.Collect(to)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	q, err := p.Queue(ctx)
	if err != nil {
		return
	}
	to <- prometheus.MustNewConstMetric(newsWaiting, prometheus.GaugeValue, float64(q.Waiting))
	to <- prometheus.MustNewConstMetric(newsFailing, prometheus.GaugeValue, float64(q.Failing))
	to <- prometheus.MustNewConstMetric(newsOldest, prometheus.GaugeValue, q.Age(p.Now()).Seconds())
}
