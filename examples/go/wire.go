package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nats-io/nats.go"
)

// protocol is the version that docs/wire.md describes.
const protocol = "1"

// defaultTimeout is how much time a call has that does not say.
const defaultTimeout = 30 * time.Second

// refusals are all that this program gives, each with its number.
var refusals = map[string]int{
	"unknown-operation": 404,
	"invalid-input":     400,
	"deadline-passed":   504,
	"protocol":          400,
}

// DeclaredError is an error that the contract declares: a result that was foreseen, with its fields.
type DeclaredError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Fields  any    `json:"fields"`
}

func (e *DeclaredError) Error() string { return e.Message }

// Issue is one fault of an argument.
type Issue struct {
	// Path is a JSON Pointer (RFC 6901).
	Path    string `json:"path"`
	Message string `json:"message"`
}

// Refused says that the platform did not have it done, or cannot say what came of it.
type Refused struct {
	Code    string  `json:"code"`
	Message string  `json:"message"`
	Issues  []Issue `json:"issues,omitempty"`
}

func (r *Refused) Error() string { return r.Message }

// Failed says that something else went wrong over there. What it was is in the provider's log.
type Failed struct {
	TraceID string `json:"traceId"`
}

func (f *Failed) Error() string { return fmt.Sprintf("It failed over there (trace %s).", f.TraceID) }

// Head is what the headers of a call say that this program uses.
type Head struct {
	Caller   string
	TimeLeft time.Duration
	// TraceID is empty where the caller has none.
	TraceID string
}

var (
	callerForm      = regexp.MustCompile(`^[a-z][a-z0-9-]{0,62}$`)
	timeoutForm     = regexp.MustCompile(`^[0-9]{1,9}$`)
	traceparentForm = regexp.MustCompile(`^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$`)
)

// readHead finds headers by the function that it is given: NATS tells upper from lower case.
func readHead(get func(name string) string) (head Head, err error) {
	if trace := traceparentForm.FindStringSubmatch(get("traceparent")); trace != nil {
		head.TraceID = trace[1]
	}
	if get("Macrolith-Protocol") != protocol {
		return head, &Refused{Code: "protocol", Message: "This program speaks the protocol " + protocol + "."}
	}
	if head.Caller = get("Macrolith-Caller"); !callerForm.MatchString(head.Caller) {
		return head, &Refused{Code: "protocol", Message: "The header Macrolith-Caller names no module."}
	}
	head.TimeLeft = defaultTimeout
	if timeout := get("Macrolith-Timeout-Ms"); timeout != "" {
		if !timeoutForm.MatchString(timeout) {
			return head, &Refused{Code: "protocol", Message: "The header Macrolith-Timeout-Ms is no whole number of milliseconds."}
		}
		ms, _ := strconv.Atoi(timeout)
		head.TimeLeft = time.Duration(ms) * time.Millisecond
	}
	return head, nil
}

// encoded is a value as a header may have it: printable ASCII without `%`, and all else as percent-encoded UTF-8.
func encoded(value string) string {
	var text strings.Builder
	for _, b := range []byte(value) {
		if b > ' ' && b < 0x7f && b != '%' {
			text.WriteByte(b)
		} else {
			fmt.Fprintf(&text, "%%%02X", b)
		}
	}
	return text.String()
}

// Event is a CloudEvent in binary mode.
type Event struct {
	ID   string          `json:"id"`
	Type string          `json:"type"`
	Key  string          `json:"key"`
	Data json.RawMessage `json:"data"`
}

func readEvent(subject string, headers nats.Header, body []byte) (Event, error) {
	attributes := map[string]string{}
	for header, values := range headers {
		name, isAttribute := strings.CutPrefix(strings.ToLower(header), "ce-")
		if !isAttribute || len(values) == 0 {
			continue
		}
		value, err := url.PathUnescape(values[0])
		if err != nil || !utf8.ValidString(value) {
			return Event{}, fmt.Errorf("the header %s is no percent-encoded UTF-8", header)
		}
		attributes[name] = value
	}
	for _, name := range []string{"specversion", "id", "source", "type"} {
		if attributes[name] == "" {
			return Event{}, fmt.Errorf("it has no %s", name)
		}
	}
	// Who may publish is told by subjects: what calls itself something else may be of anybody.
	if subject != fmt.Sprintf("%s.events.%s", system, attributes["type"]) {
		return Event{}, fmt.Errorf("its type is %s, which is not that of %s", attributes["type"], subject)
	}
	if !json.Valid(body) {
		return Event{}, errors.New("its data is no JSON")
	}
	key, hasKey := attributes["partitionkey"]
	if !hasKey {
		key = attributes["id"]
	}
	return Event{ID: attributes["id"], Type: attributes["type"], Key: key, Data: body}, nil
}
