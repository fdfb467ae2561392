package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// remembered is how many events are, so that one that comes again is known. What must never count twice is remembered where its
// effect is: in the same transaction of a database.
const remembered = 10_000

// seen has the last ids, as far as memory goes.
type seen struct {
	ids   map[string]struct{}
	order []string
}

func (s *seen) has(id string) bool {
	_, has := s.ids[id]
	return has
}

func (s *seen) add(id string) {
	s.ids[id] = struct{}{}
	s.order = append(s.order, id)
	if len(s.order) > remembered {
		delete(s.ids, s.order[0])
		s.order = s.order[1:]
	}
}

// hear prints every event of a kind since the beginning of the stream, each once. The durable consumer hands out one at a time,
// and the next after it is acknowledged: so events are handled in their order, also when one has to be tried again.
func hear(ctx context.Context, nc *nats.Conn, contract *Contract, event string) error {
	js, err := jetstream.New(nc)
	if err != nil {
		return err
	}
	consumer, err := js.CreateOrUpdateConsumer(ctx, system+"-events", jetstream.ConsumerConfig{
		Durable:       fmt.Sprintf("%s-go_%s_%s", name, contract.Name, event),
		FilterSubject: fmt.Sprintf("%s.events.%s.%s.*", system, contract.Name, event),
		AckPolicy:     jetstream.AckExplicitPolicy,
		DeliverPolicy: jetstream.DeliverAllPolicy,
		MaxAckPending: 1,
		AckWait:       30 * time.Second,
	})
	if err != nil {
		return err
	}
	fmt.Printf("Hearing %s.%s\n", contract.Name, event)
	known := &seen{ids: map[string]struct{}{}}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(1))
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, messages.Drain)()
	for {
		message, err := messages.Next()
		switch {
		case errors.Is(err, jetstream.ErrMsgIteratorClosed):
			return nil
		case err != nil:
			return err
		}
		if err := handleEvent(message, contract, known); err != nil {
			return err
		}
	}
}

func handleEvent(message jetstream.Msg, contract *Contract, known *seen) error {
	event, err := readEvent(message.Subject(), message.Headers(), message.Data())
	if err == nil && contract.Events[event.Type].Data.faults(event.Data) != nil {
		err = errors.New("its data does not fit the contract")
	}
	if err != nil {
		log.Printf("A message that is no event is left out: %v.", err)
		return message.Term()
	}
	if !known.has(event.ID) {
		if err := json.NewEncoder(os.Stdout).Encode(event); err != nil {
			return err
		}
		known.add(event.ID)
	}
	return message.DoubleAck(context.Background())
}
