export class EventsModule {}
