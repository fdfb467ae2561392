import { type DynamicModule, Module } from '@nestjs/common';
import { UI_OPTIONS, type UiOptions } from './ui-options.js';
import { UiServer } from './ui-server.js';

/** The shell page and the modules' assets: `imports: [UiModule.forRoot({ title: 'Corner Shop' }), …]`. */
@Module({})
export class UiModule {
  static forRoot(options: UiOptions): DynamicModule {
    return { module: UiModule, providers: [{ provide: UI_OPTIONS, useValue: options }, UiServer] };
  }
}
