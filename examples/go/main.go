// A fraud score in Go: serves the port `fraud`, calls other modules, and hears what happens.
//
//	fraud serve  CONTRACT_JSON            answers fraud.scoreOrder until it is asked to end
//	fraud call   MODULE.OPERATION JSON    asks another module, and prints the answer
//	fraud hear   MODULE EVENT             prints each event of a module as it comes: hear orders order-placed
//
// NATS_URL says where NATS is, MACROLITH_SYSTEM what the product is called there. NATS_USER and NATS_NKEY_FILE say as whom the program
// comes there, where NATS asks. IDEMPOTENCY_KEY names the wish of a command or, as a UUID, of a task.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/nats-io/nats.go"
)

// name is how this program is called among the modules.
const name = "fraud"

const usage = `fraud serve CONTRACT_JSON | call MODULE.OPERATION JSON | hear MODULE EVENT`

var system = cmp.Or(os.Getenv("MACROLITH_SYSTEM"), "macrolith")

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	code, err := run(ctx, os.Args[1:])
	if err != nil {
		log.Println(err)
		code = cmp.Or(code, 1)
	}
	os.Exit(code)
}

func run(ctx context.Context, arguments []string) (code int, err error) {
	if len(arguments) < 2 {
		return 64, errors.New(usage)
	}
	options, err := userOfNATS()
	if err != nil {
		return 1, err
	}
	closed := make(chan struct{})
	options = append(options, nats.Name(name), nats.MaxReconnects(-1), nats.ClosedHandler(func(*nats.Conn) { close(closed) }))
	nc, err := nats.Connect(cmp.Or(os.Getenv("NATS_URL"), nats.DefaultURL), options...)
	if err != nil {
		return 1, err
	}
	// Takes nothing new, answers what has arrived, and then closes.
	defer func() {
		err = errors.Join(err, nc.Drain())
		<-closed
	}()
	switch command := arguments[0]; {
	case command == "serve":
		text, err := os.ReadFile(arguments[1])
		if err != nil {
			return 1, err
		}
		contract, err := readContract(text)
		if err != nil {
			return 1, err
		}
		return 0, serve(ctx, nc, contract)
	case command == "call" && len(arguments) == 3:
		return printAnswer(ctx, nc, arguments[1], arguments[2])
	case command == "hear" && len(arguments) == 3:
		contract, err := contractOf(ctx, nc, arguments[1])
		if err != nil {
			return 1, err
		}
		return 0, hear(ctx, nc, contract, arguments[2])
	}
	return 64, errors.New(usage)
}

// userOfNATS is one that `macro nats-auth` wrote: answers come to inboxes of its own, which nobody else may listen to.
func userOfNATS() ([]nats.Option, error) {
	var options []nats.Option
	if user := os.Getenv("NATS_USER"); user != "" {
		options = append(options, nats.CustomInboxPrefix(fmt.Sprintf("_INBOX.%s.%s", system, user)))
	}
	if keyFile := os.Getenv("NATS_NKEY_FILE"); keyFile != "" {
		key, err := nats.NkeyOptionFromSeed(keyFile)
		if err != nil {
			return nil, err
		}
		options = append(options, key)
	}
	return options, nil
}

// printAnswer ends with 0 for a result, 1 for an error of the contract, 2 when it could not be done or nobody knows.
func printAnswer(ctx context.Context, nc *nats.Conn, called, argument string) (int, error) {
	module, operation, _ := strings.Cut(called, ".")
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	contract, err := contractOf(ctx, nc, module)
	var result json.RawMessage
	if err == nil {
		result, err = call(ctx, nc, contract, operation, json.RawMessage(argument), os.Getenv("IDEMPOTENCY_KEY"))
	}
	outcome, code := map[string]any{"ok": result}, 0
	var declared *DeclaredError
	var refused *Refused
	switch {
	case err == nil:
	case errors.As(err, &declared):
		outcome, code = map[string]any{"error": declared.Code, "fields": declared.Fields}, 1
	case errors.As(err, &refused):
		outcome, code = map[string]any{"refused": refused.Code, "message": refused.Message}, 2
	case errors.Is(err, nats.ErrNoResponders):
		outcome, code = map[string]any{"unavailable": fmt.Sprintf("Nobody serves %s.", module)}, 2
	default:
		outcome, code = map[string]any{"failed": err.Error()}, 2
	}
	return code, json.NewEncoder(os.Stdout).Encode(outcome)
}
