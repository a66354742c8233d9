// The page at /docs: every operation of this server, to read and to try. Nothing is fetched from elsewhere.
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";
import "./docs.css";

SwaggerUI({
  url: "./openapi.json",
  domNode: document.getElementById("docs"),
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  filter: true,
  tagsSorter: "alpha",
  operationsSorter: "alpha",
  persistAuthorization: false,
  tryItOutEnabled: true,
  // Who is signed in to the console tries with that session; the header tells the server that a page of its own asks.
  requestInterceptor: (request: { headers: Record<string, string> }) => {
    request.headers["X-Suanpan"] = "1";
    return request;
  },
});
