package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
)

// actsOnceBy is the header that makes an operation of a kind act once, however often it is sent. Without it, it is refused.
var actsOnceBy = map[string]string{"command": "Idempotency-Key", "task": "Macrolith-Message-Id"}

// attempt is how long one may take; all of them together have the time of the context.
const attempt = 2 * time.Second

func contractSubject(module string) string { return fmt.Sprintf("%s.contracts.%s", system, module) }

// contractOf is the contract that the processes of a module serve at this moment.
func contractOf(ctx context.Context, nc *nats.Conn, module string) (*Contract, error) {
	ctx, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	message, err := nc.RequestWithContext(ctx, contractSubject(module), nil)
	if err != nil {
		return nil, err
	}
	return readContract(message.Data)
}

// call asks a module within the deadline of the context. A query is asked again when no answer comes, and so is a command or a
// task, under the same key: it acts once.
//
// The error is a DeclaredError, Failed or Refused as the answer says, nats.ErrNoResponders when nobody serves the module, and
// context.DeadlineExceeded when no answer came: then it may have been done, and only asking under the same key tells.
func call(ctx context.Context, nc *nats.Conn, contract *Contract, operation string, argument json.RawMessage, key string) (json.RawMessage, error) {
	if key == "" {
		key = newUUID()
	}
	deadline, ok := ctx.Deadline()
	if !ok {
		return nil, errors.New("a call needs a deadline")
	}
	for {
		left := time.Until(deadline)
		if left < time.Millisecond {
			return nil, context.DeadlineExceeded
		}
		message := nats.NewMsg(fmt.Sprintf("%s.calls.%s.%s", system, contract.Name, operation))
		message.Data = argument
		message.Header.Set("Macrolith-Protocol", protocol)
		message.Header.Set("Macrolith-Caller", name)
		message.Header.Set("Macrolith-Contract", contract.Version)
		message.Header.Set("Macrolith-Timeout-Ms", strconv.FormatInt(left.Milliseconds(), 10))
		if header, isNeeded := actsOnceBy[contract.Operations[operation].Kind]; isNeeded {
			message.Header.Set(header, encoded(key))
		}
		answer, err := nc.RequestMsg(message, min(left, attempt))
		switch {
		case errors.Is(err, nats.ErrTimeout):
			continue
		case err != nil:
			return nil, err
		}
		return readAnswer(contract, operation, answer)
	}
}

func readAnswer(contract *Contract, operation string, answer *nats.Msg) (json.RawMessage, error) {
	var outcome error
	switch status := answer.Header.Get("Macrolith-Status"); status {
	case "":
		if faults := contract.Operations[operation].Output.faults(answer.Data); faults != nil {
			return nil, fmt.Errorf("the answer does not fit the contract: %v", faults)
		}
		return answer.Data, nil
	case "error":
		outcome = &DeclaredError{}
	case "failed":
		outcome = &Failed{}
	case "refused":
		outcome = &Refused{}
	default:
		return nil, fmt.Errorf("the status of the answer is %q", status)
	}
	if err := json.Unmarshal(answer.Data, outcome); err != nil {
		return nil, err
	}
	return nil, outcome
}

func newUUID() string {
	var id [16]byte
	_, _ = rand.Read(id[:])
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}
