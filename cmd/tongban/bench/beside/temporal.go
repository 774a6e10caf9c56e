package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"os/exec"
	"path/filepath"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

const queue = "cases"

// caseFlow is a case as a workflow: it waits for one act after another and keeps
// what was done. Its history is Temporal's; it tells nobody else.
func caseFlow(ctx workflow.Context) error {
	left := map[string]bool{"submit": true, "accept": true, "papers": true, "layout": true, "fire": true, "decide": true}
	err := workflow.SetUpdateHandler(ctx, "act", func(_ workflow.Context, act string) (int, error) {
		delete(left, act)
		return len(left), nil
	})
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return len(left) == 0 && workflow.AllHandlersFinished(ctx) })
}

// temporal measures the development server on SQLite; its worker runs with the clients.
func temporal(program string) func(context.Context, string, round) (float64, error) {
	return func(ctx context.Context, dir string, r round) (float64, error) {
		at := free()
		_, port, err := net.SplitHostPort(at)
		if err != nil {
			return 0, err
		}
		server := exec.CommandContext(ctx, program, "server", "start-dev", "--headless", "--port", port, "--log-level", "error", "--db-filename", filepath.Join(dir, "temporal.db"))
		if err := server.Start(); err != nil {
			return 0, err
		}
		defer stop(server)
		var c client.Client
		if err := until(func() (err error) {
			c, err = client.Dial(client.Options{HostPort: at, Logger: log.NewStructuredLogger(slog.New(slog.NewTextHandler(io.Discard, nil)))})
			return err
		}); err != nil {
			return 0, err
		}
		defer c.Close()
		w := worker.New(c, queue, worker.Options{})
		w.RegisterWorkflow(caseFlow)
		if err := w.Start(); err != nil {
			return 0, err
		}
		defer w.Stop()
		return lead(r, func(ctx context.Context, _ int) error { return flow(ctx, c) })
	}
}

// flow leads one case from the application to the decision.
func flow(ctx context.Context, c client.Client) error {
	id := newID()
	for i, act := range []string{"submit", "accept", "papers", "layout", "fire", "decide"} {
		how := client.UpdateWorkflowOptions{WorkflowID: id, UpdateName: "act", Args: []any{act}, WaitForStage: client.WorkflowUpdateStageCompleted}
		if err := tell(ctx, c, how, i == 0); err != nil {
			return err
		}
	}
	return nil
}

// tell does one act, and waits until it is in the history.
func tell(ctx context.Context, c client.Client, how client.UpdateWorkflowOptions, first bool) (err error) {
	var done client.WorkflowUpdateHandle
	if first {
		start := c.NewWithStartWorkflowOperation(client.StartWorkflowOptions{ID: how.WorkflowID, TaskQueue: queue, WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_FAIL}, caseFlow)
		done, err = c.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{StartWorkflowOperation: start, UpdateOptions: how})
	} else {
		done, err = c.UpdateWorkflow(ctx, how)
	}
	if err != nil {
		return err
	}
	return done.Get(ctx, nil)
}
