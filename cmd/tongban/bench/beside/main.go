// Command beside measures what people would use instead (对照): PocketBase and
// Temporal do the job of the platform's seven acts, or as much of it as they can,
// in turn with it, on the same machine in the same minutes.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A round is how much is asked of each at a time.
type round struct {
	clients int
	lasts   time.Duration
}

// A rival leads cases through their lives for a while, and tells how many a second.
type rival struct {
	name string
	run  func(ctx context.Context, dir string, r round) (float64, error)
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "serve" {
		if err := servePocketBase(); err != nil {
			log.Fatal(err)
		}
		return
	}
	platform := flag.String("tongban", "./tongban", "the platform's program")
	workflows := flag.String("temporal", "./temporal", "Temporal's program")
	var r round
	flag.IntVar(&r.clients, "clients", 16, "who work at the same time")
	flag.DurationVar(&r.lasts, "for", 6*time.Second, "how long each is measured at a time")
	rounds := flag.Int("rounds", 3, "how often, in turn")
	flag.Parse()
	all := []rival{{"tongban", tongban(*platform)}, {"PocketBase", pocketBase}, {"Temporal on SQLite", temporal(*workflows)}}
	if err := inTurn(context.Background(), all, r, *rounds); err != nil {
		log.Fatal(err)
	}
}

// inTurn measures all of them, one after another, several times.
func inTurn(ctx context.Context, all []rival, r round, rounds int) error {
	did := make([][]float64, len(all))
	for range rounds {
		for i, one := range all {
			rate, err := fresh(ctx, one, r)
			if err != nil {
				return fmt.Errorf("%s: %w", one.name, err)
			}
			did[i] = append(did[i], rate)
		}
	}
	for i, one := range all {
		fmt.Printf("%-20s %.1f lifecycles/s in the middle of %.1f; tongban does %.1f times that\n", one.name, middle(did[i]), did[i], middle(did[0])/middle(did[i]))
	}
	return nil
}

// fresh measures one in a directory of its own.
func fresh(ctx context.Context, one rival, r round) (float64, error) {
	dir, err := os.MkdirTemp("", "beside")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	return one.run(ctx, dir, r)
}

func middle(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}

var rate = regexp.MustCompile(`= ([0-9.]+)/s; server`)

// tongban runs the platform's own bench.
func tongban(program string) func(context.Context, string, round) (float64, error) {
	return func(ctx context.Context, _ string, r round) (float64, error) {
		said, err := exec.CommandContext(ctx, program, "bench", "--clients", strconv.Itoa(r.clients), "--for", r.lasts.String()).CombinedOutput()
		found := rate.FindSubmatch(said)
		if err != nil || found == nil {
			return 0, fmt.Errorf("%w: %s", err, strings.TrimSpace(string(said)))
		}
		return strconv.ParseFloat(string(found[1]), 64)
	}
}
