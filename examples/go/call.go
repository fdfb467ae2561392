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

// call asks a module within the deadline of the context. A query is asked again when no answer comes, and so is a command, under
// the same key: it acts once.
//
// The error is a DeclaredError, Failed or Refused as the answer says, nats.ErrNoResponders when nobody serves the module, and
// context.DeadlineExceeded when no answer came: then a command may have been done, and only asking under the same key tells.
func call(ctx context.Context, nc *nats.Conn, contract *Contract, operation string, argument json.RawMessage, key string) (json.RawMessage, error) {
	if contract.Operations[operation].Kind == "command" && key == "" {
		key = rand.Text()
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
		if key != "" {
			message.Header.Set("Idempotency-Key", encoded(key))
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
