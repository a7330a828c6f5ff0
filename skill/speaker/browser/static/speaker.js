// Client of the API behind the page.
export class SessionGone extends Error {}
export class Refused extends Error {} // its message is for the person

export class Speaker {
  session = null;
  #queue = Promise.resolve();

  async open(locale, screen) {
    if (this.session) this.leave(null);
    const opened = await this.#post("/api/sessions", JSON.stringify({ locale, screen }));
    this.session = opened.session;
    return opened;
  }

  say(words, at) {
    return this.#ask("say", { words, at });
  }

  time(at) {
    return this.#ask("time", { at });
  }

  // Pieces of sound go one after the other.
  sound(samples, isFirst, mayEnd) {
    const address = this.#soundAddress(isFirst && "first", mayEnd && "may-end");
    this.#queue = this.#queue.then(() => this.#post(address, samples.buffer)).catch(() => {});
  }

  // All was said; the rest of it, [samples, isFirst], is handed on with the question if there is any.
  async heard(at, rest) {
    await this.#queue;
    if (!rest) return this.#ask("heard", { at });
    const [samples, isFirst] = rest;
    const all = `all=${encodeURIComponent(JSON.stringify({ at }))}`;
    return this.#post(this.#soundAddress(isFirst && "first", all), samples.buffer);
  }

  leave(at) {
    // A beacon would not tell its origin, and be refused.
    if (this.session) {
      const said = { method: "POST", body: JSON.stringify({ at }), keepalive: true };
      fetch(`/api/sessions/${this.session}/leave`, said).catch(() => {});
    }
    this.session = null;
  }

  #soundAddress(...marks) {
    return `/api/sessions/${this.session}/sound?${marks.filter(Boolean).join("&")}`;
  }

  #ask(what, body) {
    return this.#post(`/api/sessions/${this.session}/${what}`, JSON.stringify(body));
  }

  async #post(address, body) {
    const response = await fetch(address, { method: "POST", body });
    if (response.status === 404) throw new SessionGone();
    if ([400, 403].includes(response.status)) throw new Refused(await response.text());
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  }
}
