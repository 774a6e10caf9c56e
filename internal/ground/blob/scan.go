package blob

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"

	"tongban/internal/ground/fault"
)

// A Scanner looks for viruses in what is handed in (查毒).
type Scanner interface {
	// Scan names the virus that it finds, "" if there is none.
	Scan(ctx context.Context, file io.Reader) (virus string, err error)
}

// Scanned is a shelf that takes in only what by finds no virus in. While by cannot be
// asked nothing is taken in: people are told to come back.
func Scanned(s Shelf, by Scanner) Shelf {
	switch s := s.(type) {
	case *Disk:
		s.scan = by
	case *Bucket:
		s.scan = by
	}
	return s
}

// clean asks the scanner about a file that has come in.
func clean(ctx context.Context, by Scanner, f io.ReaderAt, size int64, name string) error {
	if by == nil {
		return nil
	}
	virus, err := by.Scan(ctx, io.NewSectionReader(f, 0, size))
	if err != nil {
		slog.ErrorContext(ctx, "the virus scanner cannot be asked", "err", err)
		return fault.New(fault.Busy, "blob.scan", "现在不能查毒，文件没有保存，请稍后再试；一直不成请联系管理员")
	}
	if virus != "" {
		slog.WarnContext(ctx, "virus refused", "virus", virus)
		return fault.New(fault.Invalid, "blob.virus", "文件“%s”查出病毒（%s），没有收下。请用查毒软件清理后重新制作文件", name, virus)
	}
	return nil
}

// Clamd is a Scanner: a clamd that listens on a socket or a port.
type Clamd struct{ network, address string }

// ReadClamd reads an address such as unix:///run/clamav/clamd.ctl or tcp://10.0.0.7:3310.
func ReadClamd(address string) (Clamd, error) {
	network, rest, ok := strings.Cut(address, "://")
	_, port, _ := net.SplitHostPort(rest)
	if !ok || rest == "" || network != "unix" && (network != "tcp" || port == "") {
		return Clamd{}, fault.New(fault.Invalid, "blob.scan.address", "“%s”不是查毒程序的地址，请写成 unix:///run/clamav/clamd.ctl 或者 tcp://主机:3310", address)
	}
	return Clamd{network, rest}, nil
}

// How long the scanner may take to answer a call, and for a whole file.
const (
	scanCalled = 5 * time.Second
	scanTaken  = 2 * time.Minute
)

// scanPiece is how much goes to the scanner at once.
const scanPiece = 64 << 10

// Scan sends a file by INSTREAM, as clamd(8) has it: pieces with their lengths, and
// one of none at the end.
func (c Clamd) Scan(ctx context.Context, file io.Reader) (string, error) {
	answer, err := c.ask(ctx, "zINSTREAM\x00", func(w io.Writer) error {
		piece := make([]byte, 4+scanPiece)
		for {
			n, err := io.ReadFull(file, piece[4:])
			binary.BigEndian.PutUint32(piece, uint32(n)) //nolint:gosec // at most scanPiece
			if _, err := w.Write(piece[:4+n]); err != nil || n == 0 {
				return err
			}
			if err == nil || err == io.ErrUnexpectedEOF || err == io.EOF {
				continue
			}
			return err
		}
	})
	if err != nil {
		return "", err
	}
	switch said := strings.TrimPrefix(answer, "stream: "); {
	case said == "OK":
		return "", nil
	case strings.HasSuffix(said, " FOUND"):
		return strings.TrimSuffix(said, " FOUND"), nil
	default:
		return "", fmt.Errorf("clamd says %q", answer)
	}
}

// Ping asks whether the scanner is there.
func (c Clamd) Ping(ctx context.Context) error {
	answer, err := c.ask(ctx, "zPING\x00", func(io.Writer) error { return nil })
	if err == nil && answer != "PONG" {
		err = fmt.Errorf("clamd says %q", answer)
	}
	return err
}

func (c Clamd) ask(ctx context.Context, command string, send func(io.Writer) error) (string, error) {
	conn, err := (&net.Dialer{Timeout: scanCalled}).DialContext(ctx, c.network, c.address)
	if err != nil {
		return "", fmt.Errorf("call clamd: %w", err)
	}
	defer conn.Close()
	until := time.Now().Add(scanTaken)
	if sooner, is := ctx.Deadline(); is && sooner.Before(until) {
		until = sooner
	}
	if err := conn.SetDeadline(until); err != nil {
		return "", err
	}
	_, err = io.WriteString(conn, command)
	if err == nil {
		err = send(conn)
	}
	// It may answer and hang up before it has read all, and what it says then is why.
	answer, unread := bufio.NewReader(conn).ReadString(0)
	if answer == "" && err == nil {
		err = unread
	}
	if answer == "" && err != nil {
		return "", fmt.Errorf("ask clamd: %w", err)
	}
	return strings.TrimRight(answer, "\x00\n"), nil
}
