import { Controller, Get, Header, Inject } from '@nestjs/common';
import { HTTP_MODULE_OPTIONS, type HttpModuleOptions } from '../module-options.js';
import { OPENAPI_PATH } from '../openapi/openapi.controller.js';
import { DOCS_ASSETS } from './docs-assets.js';

/** Scripts, styles and calls of this origin only, and none inline. Swagger UI's style sheet inlines its images. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page on which a person browses and tries the API. */
@Controller('docs')
export class DocsController {
  constructor(@Inject(HTTP_MODULE_OPTIONS) private readonly options: HttpModuleOptions) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', CONTENT_SECURITY_POLICY)
  @Header('cache-control', 'no-cache')
  page(): string {
    return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(this.options.title)}: API</title>
    <link rel="icon" href="${DOCS_ASSETS}favicon-32x32.png">
    <link rel="stylesheet" href="${DOCS_ASSETS}swagger-ui.css">
  </head>
  <body>
    <div id="api"></div>
    <script src="${DOCS_ASSETS}swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
  }

  /** A file of its own, because the page's policy allows no inline script. */
  @Get('start.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'no-cache')
  script(): string {
    const settings = {
      url: OPENAPI_PATH,
      dom_id: '#api',
      deepLinking: true,
      docExpansion: 'list',
      defaultModelsExpandDepth: 0,
      // Without it the page would send the document to a validator on the internet.
      validatorUrl: 'none',
    };
    return `SwaggerUIBundle(${JSON.stringify(settings)});\n`;
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
