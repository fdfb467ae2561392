export class ScoresModule {}
