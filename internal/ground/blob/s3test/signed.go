package s3test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// signed holds a request against its signature and returns its body, freed of
// the chunks it came in.
func signed(r *http.Request, raw []byte) ([]byte, error) {
	fields := map[string]string{}
	rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ")
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		fields[name] = value
	}
	scope, found := strings.CutPrefix(fields["Credential"], AccessKey+"/")
	date := r.Header.Get("X-Amz-Date")
	if !ok || !found || len(date) < 8 || scope != date[:8]+"/"+Region+"/s3/aws4_request" {
		return nil, fmt.Errorf("not signed by our key: %q", fields["Credential"])
	}
	key := mac([]byte("AWS4"+SecretKey), date[:8])
	for _, part := range []string{Region, "s3", "aws4_request"} {
		key = mac(key, part)
	}
	content := r.Header.Get("X-Amz-Content-Sha256")
	request := strings.Join([]string{r.Method, (&url.URL{Path: r.URL.Path}).EscapedPath(), query(r.URL.Query()), headers(r, fields["SignedHeaders"]), fields["SignedHeaders"], content}, "\n")
	want := hex.EncodeToString(mac(key, strings.Join([]string{"AWS4-HMAC-SHA256", date, scope, digest([]byte(request))}, "\n")))
	if !hmac.Equal([]byte(want), []byte(fields["Signature"])) {
		return nil, errors.New("the signature is another")
	}
	if strings.HasPrefix(content, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD") {
		return chunks(raw, key, date, scope, want, r.Header.Get("X-Amz-Decoded-Content-Length"))
	}
	if content != "UNSIGNED-PAYLOAD" && content != digest(raw) {
		return nil, errors.New("the body is another")
	}
	return raw, nil
}

// chunks checks and joins a body that came as "length;chunk-signature=…" and content.
func chunks(raw, key []byte, date, scope, before, length string) ([]byte, error) {
	var body []byte
	for {
		line, rest, ok := bytes.Cut(raw, []byte("\r\n"))
		size, signature, _ := strings.Cut(string(line), ";chunk-signature=")
		n, err := strconv.ParseInt(size, 16, 64)
		if !ok || err != nil || int(n) > len(rest) {
			return nil, fmt.Errorf("chunk %q", line)
		}
		want := hex.EncodeToString(mac(key, strings.Join([]string{"AWS4-HMAC-SHA256-PAYLOAD", date, scope, before, digest(nil), digest(rest[:n])}, "\n")))
		if !hmac.Equal([]byte(want), []byte(signature)) {
			return nil, errors.New("the signature of a chunk is another")
		}
		body, before = append(body, rest[:n]...), want
		if n == 0 {
			break
		}
		raw = bytes.TrimPrefix(rest[n:], []byte("\r\n"))
	}
	if length != strconv.Itoa(len(body)) {
		return nil, fmt.Errorf("%d bytes came, %s were said", len(body), length)
	}
	return body, nil
}

func query(values url.Values) string {
	return strings.ReplaceAll(values.Encode(), "+", "%20")
}

func headers(r *http.Request, names string) string {
	var text strings.Builder
	all := strings.Split(names, ";")
	slices.Sort(all)
	for _, name := range all {
		value := strings.Join(r.Header.Values(name), ",")
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = strconv.FormatInt(r.ContentLength, 10)
		}
		text.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
	}
	return text.String()
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
