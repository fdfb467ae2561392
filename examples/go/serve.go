package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/micro"
)

// operations are what is served. Each answers a checked argument, or with a DeclaredError.
var operations = map[string]func(argument []byte) (any, error){"scoreOrder": scoreOrder}

// serve answers calls until the context ends. The connection is drained after that, so what has arrived by then is answered.
//
// There is one endpoint for all operations: a call of one that we do not have must be refused, and not be left without an
// answer. It is answered one call after the other, which is right for what takes microseconds. What waits for others starts
// a goroutine.
func serve(ctx context.Context, nc *nats.Conn, contract *Contract) error {
	service, err := micro.AddService(nc, micro.Config{
		Name:        contract.Name,
		Version:     contract.Version,
		Description: "A fraud score in Go",
		Metadata:    map[string]string{"macrolith-protocol": protocol, "macrolith-contract": contractSubject(contract.Name)},
	})
	if err != nil {
		return err
	}
	handler := micro.HandlerFunc(func(request micro.Request) { handle(contract, request) })
	err = service.AddEndpoint("operations", handler,
		micro.WithEndpointSubject(fmt.Sprintf("%s.calls.%s.*", system, contract.Name)), micro.WithEndpointQueueGroup(system))
	if err != nil {
		return err
	}
	_, err = nc.QueueSubscribe(contractSubject(contract.Name), system, func(message *nats.Msg) {
		if isInbox(message.Reply) {
			_ = message.Respond(contract.Text)
		}
	})
	if err != nil {
		return err
	}
	if err := nc.Flush(); err != nil {
		return err
	}
	fmt.Printf("Serving %s %s\n", contract.Name, contract.Version)
	<-ctx.Done()
	return nil
}

// isInbox tells whether an answer may go there: whoever names another subject would have us publish to it.
func isInbox(reply string) bool {
	return strings.HasPrefix(reply, "_INBOX.")
}

func handle(contract *Contract, request micro.Request) {
	if !isInbox(request.Reply()) {
		return
	}
	head, err := readHead(request.Headers().Get)
	var result any
	if err == nil {
		result, err = answer(contract, head, request)
	}
	var body []byte
	if err == nil {
		body, err = json.Marshal(result)
	}
	var declared *DeclaredError
	var refused *Refused
	switch {
	case err == nil:
		err = request.Respond(body)
	case errors.As(err, &declared):
		err = respondError(request, "error", 422, declared.Code, declared)
	case errors.As(err, &refused):
		err = respondError(request, "refused", refusals[refused.Code], refused.Code, refused)
	default:
		// What it was is nobody's business but ours. Whoever asks gets a trace id to ask us by.
		traceID := head.TraceID
		if traceID == "" {
			traceID = newTraceID()
		}
		log.Printf("A call failed (trace %s): %v", traceID, err)
		err = respondError(request, "failed", 500, "unexpected", &Failed{TraceID: traceID})
	}
	if err != nil {
		log.Printf("An answer could not be sent: %v", err)
	}
}

func answer(contract *Contract, head Head, request micro.Request) (any, error) {
	subject := request.Subject()
	operation := subject[strings.LastIndexByte(subject, '.')+1:]
	operate, isKnown := operations[operation]
	if !isKnown {
		message := fmt.Sprintf("Version %s of '%s' has no %s.", contract.Version, contract.Name, operation)
		return nil, &Refused{Code: "unknown-operation", Message: message}
	}
	if head.TimeLeft <= 0 {
		return nil, &Refused{Code: "deadline-passed", Message: "The caller's time was over."}
	}
	if issues := contract.Operations[operation].Input.faults(request.Data()); issues != nil {
		return nil, &Refused{Code: "invalid-input", Message: "The argument does not fit the contract.", Issues: issues}
	}
	return operate(request.Data())
}

func respondError(request micro.Request, of string, number int, code string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return request.Error(strconv.Itoa(number), code, text, status(of))
}

func status(of string) micro.RespondOpt {
	return micro.WithHeaders(micro.Headers{"Macrolith-Status": {of}})
}

func newTraceID() string {
	var id [16]byte
	_, _ = rand.Read(id[:])
	return hex.EncodeToString(id[:])
}
