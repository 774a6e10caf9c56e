package secret

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm4"
	"pgregory.net/rapid"

	"crypto/ecdsa"

	"tongban/internal/ground/fault"
)

func ring(t testing.TB, dir string) *Ring {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The examples of GB/T 32905 and GB/T 32907.
func TestPublishedExamples(t *testing.T) {
	for in, want := range map[string]string{
		"abc":                              "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
		"":                                 "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b",
		strings.Repeat("abcd", 16):         "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
		strings.Repeat("abcd", 16) + "abc": "952eb84cacee9c10bde4d6882d29d63140ba72af6fe485085095dccd5b872453",
	} {
		if got := Digest([]byte(in)); got != want {
			t.Errorf("SM3(%q) = %s, want %s", in, got, want)
		}
	}
	key, _ := hex.DecodeString("0123456789abcdeffedcba9876543210")
	block, err := sm4.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, 16)
	if block.Encrypt(out, key); hex.EncodeToString(out) != "681edf34d206965e86b3e94f536e4246" {
		t.Errorf("SM4 = %x", out)
	}
}

// The signature example of GM/T 0003.5 on the recommended curve.
func TestSM2Example(t *testing.T) {
	n := func(s string) *big.Int { v, _ := new(big.Int).SetString(s, 16); return v }
	pub := &ecdsa.PublicKey{Curve: sm2.P256(),
		X: n("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"),
		Y: n("ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")}
	hash, err := sm2.CalculateSM2Hash(pub, []byte("message digest"), nil)
	if err != nil || hex.EncodeToString(hash) != "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640" {
		t.Errorf("e = %x, %v", hash, err)
	}
	r := n("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3")
	s := n("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")
	if !sm2.Verify(pub, hash, r, s) {
		t.Error("the published signature does not verify")
	}
}

func TestColumnsComeBackAndMoveNowhere(t *testing.T) {
	r := ring(t, t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.String().Draw(t, "plain")
		sealed, err := r.Seal(plain, "parties.idno")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := r.Open(sealed, "parties.idno"); err != nil || got != plain {
			t.Fatalf("%q came back as %q, %v", plain, got, err)
		}
		if plain == "" {
			return
		}
		if _, err := r.Open(sealed, "parties.phone"); fault.Code(err) != "secret.open" {
			t.Fatalf("opened in another column: %v", err)
		}
		last := sealed[len(sealed)-2]
		bent := sealed[:len(sealed)-2] + string('A'+(last+1)%20) + sealed[len(sealed)-1:]
		if bent == sealed {
			return
		}
		if _, err := r.Open(bent, "parties.idno"); err == nil {
			t.Fatal("an altered value opened")
		}
	})
}

func TestRotationReadsOldAndWritesNew(t *testing.T) {
	dir := t.TempDir()
	r := ring(t, dir)
	old, _ := r.Seal("320301199001011234", "a")
	if _, err := r.Rotate(Field); err != nil {
		t.Fatal(err)
	}
	fresh, _ := r.Seal("320301199001011234", "a")
	if !strings.HasPrefix(old, "k1.") || !strings.HasPrefix(fresh, "k2.") || !r.Stale(old) || r.Stale(fresh) {
		t.Errorf("old %s fresh %s", old[:3], fresh[:3])
	}
	again := ring(t, dir)
	for _, sealed := range []string{old, fresh} {
		if got, err := again.Open(sealed, "a"); err != nil || got != "320301199001011234" {
			t.Errorf("after a restart: %q, %v", got, err)
		}
	}
	if r.Index("x", "a") != again.Index("x", "a") || r.Index("x", "a") == r.Index("x", "b") {
		t.Error("the index is not stable, or the same in every column")
	}
}

func TestFilesAreForTheProgramOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	r := ring(t, dir)
	if _, err := r.Signer("city-root"); err != nil {
		t.Fatal(err)
	}
	names, _ := os.ReadDir(dir)
	if len(names) != 5 {
		t.Errorf("%d files: %v", len(names), names)
	}
	for _, name := range names {
		info, err := name.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v, %v", name.Name(), info.Mode(), err)
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the directory is %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(filepath.Join(dir, "master.key"), []byte(strings.Repeat("00", 16)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "does not fit") {
		t.Errorf("a foreign master key: %v", err)
	}
}

func TestSignersStayTheSame(t *testing.T) {
	dir := t.TempDir()
	a, err := ring(t, dir).Signer("agency-1")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := ring(t, dir).Signer("agency-1")
	sig, err := a.Sign(rand.Reader, []byte("公文"), sm2.DefaultSM2SignerOpts)
	if err != nil || !sm2.VerifyASN1WithSM2(b.Public().(*ecdsa.PublicKey), nil, []byte("公文"), sig) {
		t.Errorf("signed by one, not verified by the other: %v", err)
	}
	for _, name := range []string{"", "../x", "a/b", "a.b", strings.Repeat("a", 200)} {
		if _, err := ring(t, dir).Signer(name); fault.Code(err) != "secret.name" {
			t.Errorf("name %q: %v", name, err)
		}
	}
	first := func() ([]byte, error) { return []byte("first"), nil }
	second := func() ([]byte, error) { return []byte("second"), nil }
	r := ring(t, dir)
	r.Keep("root", first)
	if got, err := r.Keep("root", second); string(got) != "first" {
		t.Errorf("kept %q, %v", got, err)
	}
}

func TestPasswords(t *testing.T) {
	ctx := context.Background()
	small := Profile{Name: "argon2id", Memory: 64, Rounds: 1, Lanes: 1, saltLen: 16, keyLen: 32}
	quick := Profile{Name: "pbkdf2-sm3", Rounds: 10, saltLen: 16, keyLen: 32}
	for _, profile := range []Profile{small, quick} {
		p := NewPasswords(profile, 2)
		kept, err := p.Hash(ctx, "正确的密码")
		if err != nil {
			t.Fatal(err)
		}
		if right, again, err := p.Check(ctx, "正确的密码", kept); !right || again || err != nil {
			t.Errorf("%s: %v %v %v", kept, right, again, err)
		}
		if right, _, _ := p.Check(ctx, "错误的密码", kept); right {
			t.Errorf("%s: a wrong password is right", profile.Name)
		}
		dearer := profile
		dearer.Rounds++
		if right, again, _ := NewPasswords(dearer, 1).Check(ctx, "正确的密码", kept); !right || !again {
			t.Errorf("%s: changed profile: right %v, again %v", profile.Name, right, again)
		}
	}
	p := NewPasswords(small, 1)
	long := strings.Repeat("k3!vQz8p", 31) + "Aa"
	kept, err := p.Hash(ctx, long)
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{long[:72], long[:len(long)-1], long + " ", " " + long, strings.ToLower(long), long[:len(long)-1] + "b"} {
		if right, _, err := p.Check(ctx, other, kept); right || err != nil {
			t.Errorf("cut or changed on the way: %d bytes are taken for %d", len(other), len(long))
		}
	}
	for _, kept := range []string{"", "$", "$argon2id$v=19$m=99999999,t=1,p=1$c2FsdHNhbHQ$a2V5", "$argon2id$v=19$m=64,t=1,p=0$YWFhYWFhYWE$YWFhYWFhYWFhYWFhYWFhYQ", "$bcrypt$x$y$z", "plain"} {
		if right, _, err := p.Check(ctx, "", kept); right || err != nil {
			t.Errorf("%q: %v, %v", kept, right, err)
		}
	}
	if _, err := p.Hash(ctx, strings.Repeat("长", 100)); fault.Code(err) != "secret.password.long" {
		t.Errorf("a long password: %v", err)
	}
	p.turns <- struct{}{}
	gone, leave := context.WithCancel(ctx)
	leave()
	if _, err := p.Hash(gone, "x"); fault.Of(err) != fault.Busy {
		t.Errorf("waiting for a turn: %v", err)
	}
}

func TestTokens(t *testing.T) {
	if a, b := Token(), Token(); a == b || len(a) != 43 {
		t.Error(a, b)
	}
	if d := Digits(6); len(d) != 6 || strings.Trim(d, "0123456789") != "" {
		t.Error(d)
	}
	if l := Letters(20); len(l) != 20 || strings.ToUpper(l) != l {
		t.Error(l)
	}
	if !Same("a", "a") || Same("a", "b") || Same("a", "aa") {
		t.Error("Same")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(encode(Argon2id, make([]byte, 16), make([]byte, 32)))
	f.Add(encode(PBKDF2SM3, make([]byte, 16), make([]byte, 32)))
	f.Fuzz(func(t *testing.T, kept string) {
		if p, salt, key, ok := decode(kept); ok && (p.Memory > 256<<10 || len(salt) > 64 || len(key) > 64) {
			t.Fatal("too dear to check")
		}
	})
}

func FuzzOpen(f *testing.F) {
	r := ring(f, f.TempDir())
	sealed, _ := r.Seal("x", "a")
	f.Add(sealed)
	f.Add("k1.")
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := r.Open(s, "b"); err == nil && s != "" {
			t.Fatalf("%q opened as %q", s, got)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	r := ring(b, b.TempDir())
	text := strings.Repeat("字", 300)
	for b.Loop() {
		if _, err := r.Seal(text, "a"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPassword(b *testing.B) {
	p := NewPasswords(Argon2id, 2)
	for b.Loop() {
		if _, err := p.Hash(context.Background(), "密码"); err != nil {
			b.Fatal(err)
		}
	}
}
