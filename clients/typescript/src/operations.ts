// Made from the operations by ./dev check --fix; edits here are lost.
/* eslint-disable */

export interface Operations {
  /** Lists what is alarming about loads */
  "data.alarms": {
    request: {
      /** only of this source */
      source?: string;
      /** at most so many, the newest first */
      limit?: number;
    };
    reply: {
      alarms: {
        load_id: number;
        source: string;
        kind: string;
        field: string;
        value: number;
        threshold: number;
        en: string;
        zh: string;
        raised_at: string;
      }[];
    };
  };
  /** Flags unusual rows, marks stock-outs, and compares the newest load of each source with the earlier ones */
  "data.check": {
    request: Record<string, never>;
    reply: {
      flagged: number;
      stock_outs: number;
      alarms: {
        load_id: number;
        source: string;
        kind: string;
        field: string;
        value: number;
        threshold: number;
        en: string;
        zh: string;
      }[];
    };
  };
  /** Removes a person from every table, proves it by a search, and keeps later files from bringing the person back */
  "data.erase_customer": {
    request: {
      /** as the shop's files number the person, or the pseudonym */
      customer_id: string;
      /** further texts that tell the person: an e-mail address, a telephone number, a name */
      also?: string[];
    };
    reply: {
      /** keyed hashes that are kept, so that a file loaded later cannot bring the person back */
      pseudonyms: string[];
      erased: {
        table: string;
        column: string;
        how: string;
        rows: number;
      }[];
      /** every text of every table, after the erasure */
      columns_searched: number;
      /** where the search still found one of the texts, and why it stays; empty: nowhere */
      remaining: {
        table: string;
        column: string;
        rows: number;
        why: string;
      }[];
      /** files of the shop's folder that hold it or may; they were not changed */
      files: {
        file: string;
        why: string;
      }[];
      /** whether the old bytes in the database file were overwritten too */
      overwritten: boolean;
      /** what is left to do; empty: nothing */
      advice: string;
    };
  };
  /** Takes in what visitors do, as it happens; answered when it is safe on disk */
  "data.events": {
    request: {
      /** the visitor, for events that tell none */
      client_id?: string;
      /** the customer, for events that tell none */
      user_id?: string;
      /** each {name, event_id, timestamp_micros, params: {session_id, transaction_id, currency, value, item_list_id, items: [{item_id, quantity, price, index or position, propensity}]}} */
      events: unknown[];
    };
    reply: {
      /** events that are safe on disk now */
      stored: number;
      /** events that the shop had already, by event_id */
      repeated: number;
      /** events set aside with their reason; see data.quarantine */
      refused: number;
      reasons: {
        index: number;
        event_id: string;
        reason: string;
      }[];
    };
  };
  /** Writes the shop's tables as files for other engines: Parquet by month, into exports/ */
  "data.export": {
    request: {
      /** as the store names them, such as order_line; empty: all */
      tables?: string[];
      /** Parquet, as DuckDB and Spark read it; false: CSV */
      parquet?: boolean;
      /** a new folder within the shop's exports/; empty: one named by the time */
      folder?: string;
    };
    reply: {
      /** a folder a table; tables.json in it holds this reply */
      folder: string;
      format: string;
      exported_at: string;
      /** amounts are whole numbers of its minor units */
      currency: string;
      /** of the shop's days; instants are in UTC */
      time_zone: string;
      tables: {
        table: string;
        /** month: a folder a month, month=2011-11; empty: one file */
        partitioned_by: string;
        rows: number;
        files: number;
        bytes: number;
      }[];
    };
  };
  /** Lists rows that look wrong and count all the same */
  "data.flags": {
    request: {
      /** quantity outlier, price outlier or price far off; empty: all */
      rule?: string;
      /** only of this item */
      item_id?: string;
      /** at most so many, the most unusual first */
      limit?: number;
    };
    reply: {
      rows: {
        table_name: string;
        load_id: number;
        source_line: number;
        item_id: string;
        rule: string;
        value: number;
        expected: number;
        score: number;
      }[];
    };
  };
  /** Loads the files that have settled in the shop's inbox/; a server does it every few seconds */
  "data.inbox": {
    request: {
      /** files that were written to since then are still on their way */
      settled_seconds?: number;
    };
    reply: {
      loaded: number;
      refused: number;
      files: {
        file: string;
        moved_to: string;
        refused: string;
        read: number;
        loaded: number;
        quarantined: number;
        unchanged: number;
      }[];
    };
  };
  /** Loads files into the shop's tables; what cannot be used is set aside with line and reason */
  "data.load": {
    request: {
      /** CSV or TSV files, plain or gzip; several are taken in the order of the mapping */
      files: string[];
    };
    reply: {
      /** rows in the files; a file that several sources take counts once for each */
      read: number;
      /** rows new or changed in the shop's tables */
      loaded: number;
      /** loaded rows that a rule of the mapping tidied */
      mended: number;
      /** rows set aside with their reason; see data.quarantine */
      quarantined: number;
      /** rows that the shop had already */
      unchanged: number;
      /** rows that the mapping leaves out on purpose */
      left_out: number;
      /** older rows that rows of the same keys took the place of */
      replaced: number;
      /** rows of an earlier version of a file that are there no more (`replaces: file`) */
      removed: number;
      files: {
        file: string;
        source: string;
        format: string;
        encoding: string;
        read: number;
        loaded: number;
        mended: number;
        quarantined: number;
        unchanged: number;
        left_out: number;
        seconds: number;
        rules: {
          rule: string;
          action: string;
          rows: number;
        }[];
        replaced: number;
        tests: {
          name: string;
          severity: string;
          rows: number;
          sample: string;
        }[];
        removed: number;
      }[];
      rules: {
        rule: string;
        action: string;
        rows: number;
      }[];
    };
  };
  /** Lists the files that were loaded */
  "data.loads": {
    request: {
      /** at most so many, the newest first */
      limit?: number;
    };
    reply: {
      loads: {
        load_id: number;
        source: string;
        file: string;
        loaded_at: string;
        read: number;
        loaded: number;
        mended: number;
        quarantined: number;
        unchanged: number;
      }[];
    };
  };
  /** Shows how the shop's files become its tables */
  "data.mapping": {
    request: Record<string, never>;
    reply: {
      text: string;
      sources: string[];
    };
  };
  /** Reads what is new in a table of a PostgreSQL server */
  "data.pull": {
    request: {
      /** of the mapping; one with `postgres` */
      source: string;
    };
    reply: {
      read: number;
      loaded: number;
      mended: number;
      quarantined: number;
      unchanged: number;
      /** rows of earlier pulls that are gone there; found where `compare` of the source is due */
      removed: number;
      batches: number;
      /** whether all rows were read, as `compare` says */
      compared: boolean;
      /** the highest key that was read; the next call goes on behind it */
      up_to: string;
    };
  };
  /** Takes in records of a table or a mapped source; answered when they are safe on disk */
  "data.push": {
    request: {
      /** a source of the mapping, whose columns the records name */
      source?: string;
      /** or a table as mappings say it, whose fields the records name: order_lines, items */
      table?: string;
      /** the same one again changes nothing; empty: the content tells */
      batch_id?: string;
      /** JSON objects; amounts in the shop's currency, times in its zone or with Z */
      records: unknown[];
    };
    reply: {
      /** of these records, for data.quarantine and data.rows */
      load_id: number;
      read: number;
      loaded: number;
      mended: number;
      quarantined: number;
      /** records that the shop had already */
      unchanged: number;
      left_out: number;
      rules: {
        rule: string;
        action: string;
        rows: number;
      }[];
      /** order lines and returns counted into the online features */
      online: number;
      /** why they were not; the next features.compute counts them */
      online_failure: string;
    };
  };
  /** Reports on a load: what became of its rows, what differs from earlier loads, what is alarming */
  "data.quality": {
    request: {
      /** of this load; 0: the newest */
      load_id?: number;
      /** the newest load of this source */
      source?: string;
    };
    reply: {
      load: {
        load_id: number;
        source: string;
        file: string;
        loaded_at: string;
        read: number;
        loaded: number;
        mended: number;
        quarantined: number;
        unchanged: number;
      };
      earlier: {
        load_id: number;
        source: string;
        file: string;
        loaded_at: string;
        read: number;
        loaded: number;
        mended: number;
        quarantined: number;
        unchanged: number;
      }[];
      rules: {
        rule: string;
        action: string;
        rows: number;
      }[];
      fields: {
        table: string;
        field: string;
        rows: number;
        earlier_rows: number;
        null_share: number;
        earlier_null_share: number;
        low: number | null;
        high: number | null;
        earlier_low: number | null;
        earlier_high: number | null;
        psi: number | null;
        psi_by_chance: number | null;
        histogram: {
          labels: string[];
          earlier: number[];
          now: number[];
        };
      }[];
      tests: {
        name: string;
        severity: string;
        sample: string;
        rows: number;
      }[];
      freshness: {
        hours_since: number;
        usual_hours: number | null;
        newest_event: string | null;
      };
      alarms: {
        load_id: number;
        source: string;
        kind: string;
        field: string;
        value: number;
        threshold: number;
        en: string;
        zh: string;
      }[];
    };
  };
  /** Writes the quality report of a load as a page with charts into exports/quality/ */
  "data.quality_page": {
    request: {
      /** of this load; 0: the newest */
      load_id?: number;
      /** the newest load of this source */
      source?: string;
      /** zh or en; empty: the shop's */
      language?: string;
    };
    reply: {
      file: string;
    };
  };
  /** Lists rows that were set aside, with file, line, column and reason */
  "data.quarantine": {
    request: {
      /** only of this load; 0: of all */
      load_id?: number;
      /** only of this source of the mapping */
      source?: string;
      /** only of files of this name */
      file?: string;
      /** only of this rule */
      rule?: string;
      /** only where this column of the file, or this expression, was at fault */
      column?: string;
      /** at most so many */
      limit?: number;
      /** next_cursor of the reply before */
      cursor?: string;
    };
    reply: {
      rows: {
        load_id: number;
        source_line: number;
        source: string;
        file: string;
        column_name: string;
        rule: string;
        reason: string;
        raw: string;
        /** its file came again, corrected; the row is kept for the record only */
        replaced: boolean;
      }[];
      next_cursor: string;
    };
  };
  /** Checks a mapping and puts it in the place of the shop's; the rows set aside come again with data.replay */
  "data.replace_mapping": {
    request: {
      /** the new mapping as YAML */
      text?: string;
      /** or a file of the machine that holds it */
      file?: string;
      /** only say whether it could be put in place */
      check_only?: boolean;
    };
    reply: {
      replaced: boolean;
      sources: string[];
      /** sources of the mapping before that this one has no longer */
      sources_gone: string[];
    };
  };
  /** Judges rows that were set aside again, after the mapping was mended; loads those that are good */
  "data.replay": {
    request: {
      /** only rows that this load had set aside; 0: of all */
      load_id?: number;
      /** only rows of this source of the mapping */
      source?: string;
      /** only rows that this rule had set aside */
      rule?: string;
    };
    reply: {
      /** rows judged again: loaded, unchanged, left out or quarantined */
      taken: number;
      loaded: number;
      mended: number;
      /** rows that the shop has already, from another file */
      unchanged: number;
      left_out: number;
      /** rows that are still not good; they stay, with their new reason */
      quarantined: number;
      loads: {
        load_id: number;
        replay_id: number;
        source: string;
        file: string;
        problem: string;
        taken: number;
        loaded: number;
        mended: number;
        unchanged: number;
        left_out: number;
        quarantined: number;
      }[];
    };
  };
  /** Shows rows of a table, with the load and line each came from */
  "data.rows": {
    request: {
      /** as mappings say it: order_lines, items, sales and so on; see the reference of the tables */
      table: string;
      /** only of this item; empty: of all */
      item_id?: string;
      /** at most so many */
      limit?: number;
      /** next_cursor of the reply before */
      cursor?: string;
    };
    reply: {
      /** each a JSON object; amounts in minor units, times in UTC, with load_id and source_line */
      rows: string[];
      next_cursor: string;
    };
  };
  /** Says what the shop's tables hold */
  "data.summary": {
    request: Record<string, never>;
    reply: {
      shop: string;
      currency: string;
      time_zone: string;
      first_day: string | null;
      last_day: string | null;
      tables: {
        table: string;
        rows: number;
      }[];
    };
  };
  /** Runs the tests of the mapping: each finds the rows that should not be there */
  "data.test": {
    request: Record<string, never>;
    reply: {
      passed: boolean;
      tests: {
        name: string;
        severity: string;
        rows: number;
        sample: string;
      }[];
    };
  };
  /** Says which file and line a row came from, and shows that line where the file is still there */
  "data.trace": {
    request: {
      /** as mappings say it: order_lines, items, sales and so on */
      table: string;
      /** the values of the table's key, in its order, such as an order and its line; fewer: all rows that begin so */
      key?: string[];
      /** instead of a key: what became of a line of this load, also where it was set aside and replayed */
      load_id?: number;
      /** the line of its file, from 1 */
      source_line?: number;
    };
    reply: {
      rows: {
        /** the row as one JSON object */
        row: string;
        load_id: number;
        /** the line of the file in which it begins; for a row that no line describes, the first that names it */
        source_line: number;
        source: string;
        file: string;
        path: string;
        loaded_at: string;
        /** the load that had set the row aside at first; 0: none */
        replay_of: number;
        /** the load of a corrected file in which the row stands unchanged; 0: none */
        replaced_by: number;
        /** there, changed since it was loaded, gone, or unknown */
        file_state: string;
        /** the line as it stands in the file, where that is there as it was */
        line_text: string;
      }[];
    };
  };
  /** Carries out what is approved: writes the export files, tells the webhooks */
  "decisions.act": {
    request: Record<string, never>;
    reply: {
      decisions: number;
      failed: number;
      files: string[];
      delivered: number;
      failed_attempts: number;
      dead: number;
    };
  };
  /** Approves decisions; each for itself, so that one that is stale holds up no other */
  "decisions.approve": {
    request: {
      /** the decisions */
      ids?: string[];
      /** what was seen, in the order of ids; a decision with another hash is left alone */
      hashes?: string[];
      /** every pending decision, of the given kind if one is given */
      all?: boolean;
      /** with all: only this kind */
      kind?: string;
      /** why, for whoever reads it later */
      reason?: string;
    };
    reply: {
      done: number;
      failed: number;
      decisions: {
        id: string;
        state: string;
        error_code: string | null;
        error: string | null;
      }[];
    };
  };
  /** Replays every event, letter and hash, and compares the states */
  "decisions.check": {
    request: Record<string, never>;
    reply: {
      sound: boolean;
      differences: string[];
    };
  };
  /** Counts decisions by kind and state, and names the kinds */
  "decisions.counts": {
    request: Record<string, never>;
    reply: {
      counts: {
        kind: string;
        state: string;
        decisions: number;
        value: {
          minor: number;
          currency: string;
        };
      }[];
      kinds: {
        kind: string;
        title: {
          en: string;
          zh: string;
        };
      }[];
    };
  };
  /** Sends the letters to webhooks that are due */
  "decisions.deliver": {
    request: Record<string, never>;
    reply: {
      delivered: number;
      failed_attempts: number;
      dead: number;
    };
  };
  /** Lists letters to webhooks and what came of them */
  "decisions.deliveries": {
    request: {
      /** waiting, delivered, dead or withdrawn; empty: all */
      state?: string;
      /** such as stock.order */
      kind?: string;
      /** the letters of this decision */
      decision?: string;
      /** at most so many, in the order of their ids */
      limit?: number;
      /** next_after of the reply before */
      after?: string;
    };
    reply: {
      deliveries: {
        id: string;
        decision: string;
        kind: string;
        event: string;
        state: string;
        attempts: number;
        status: number;
        reason: string;
        created_at: string;
        last_at: string;
        next_at: string;
      }[];
      next_after: string;
    };
  };
  /** Expires what waited beyond its deadline */
  "decisions.expire": {
    request: Record<string, never>;
    reply: {
      expired: number;
    };
  };
  /** Lists decisions: the newest day first, then by urgency times value */
  "decisions.list": {
    request: {
      /** pending, or proposed, guarded, audited, approved, rejected, expired, acted, failed, measured, rolled_back */
      state?: string;
      /** such as stock.order */
      kind?: string;
      /** such as item:85123A */
      subject?: string;
      /** a text that the sentence or the subject holds, in capitals or not */
      search?: string;
      /** urgency_value (within the newest day), value, urgency, deadline, changed or subject; empty: urgency_value */
      sort?: string;
      /** at most so many */
      limit?: number;
      /** next_cursor of the reply before */
      cursor?: string;
    };
    reply: {
      decisions: {
        id: string;
        kind: string;
        subject: string;
        state: string;
        urgency: number;
        value: {
          minor: number;
          currency: string;
        };
        summary: {
          en: string;
          zh: string;
        };
        arguments: unknown;
        evidence: unknown;
        expected: unknown;
        as_of: string;
        deadline: string;
        proposed_by: string;
        hash: string;
        reason: string;
      }[];
      next_cursor: string;
    };
  };
  /** Compares what decisions expected with what happened */
  "decisions.measure": {
    request: {
      /** the shop's day, as 2011-11-14; empty: today */
      as_of?: string;
    };
    reply: {
      measured: number;
      acted: {
        decisions: number;
        /** mean of |expected - outcome| */
        absolute_error: number;
        /** mean of expected - outcome: above 0, too much was expected */
        bias: number;
        /** mean of |naive method - outcome| */
        baseline_absolute_error: number;
        /** outcomes inside their interval */
        within_share: number;
      };
      acted_by_policy: {
        decisions: number;
        /** mean of |expected - outcome| */
        absolute_error: number;
        /** mean of expected - outcome: above 0, too much was expected */
        bias: number;
        /** mean of |naive method - outcome| */
        baseline_absolute_error: number;
        /** outcomes inside their interval */
        within_share: number;
      };
      /** rejected or expired ones of the same kinds and days: people chose them, so a difference from acted may come of the choice */
      not_acted: {
        decisions: number;
        /** mean of |expected - outcome| */
        absolute_error: number;
        /** mean of expected - outcome: above 0, too much was expected */
        bias: number;
        /** mean of |naive method - outcome| */
        baseline_absolute_error: number;
        /** outcomes inside their interval */
        within_share: number;
      };
      /** left undone by chance: a fair comparison with acted_by_policy */
      held_out: {
        decisions: number;
        /** mean of |expected - outcome| */
        absolute_error: number;
        /** mean of expected - outcome: above 0, too much was expected */
        bias: number;
        /** mean of |naive method - outcome| */
        baseline_absolute_error: number;
        /** outcomes inside their interval */
        within_share: number;
      };
      decisions: {
        id: string;
        unit: string;
        expected: number;
        low: number;
        high: number;
        outcome: number;
        baseline: number;
        within: boolean;
      }[];
    };
  };
  /** Lists which decisions are approved by themselves, up to where, and who set it */
  "decisions.policies": {
    request: Record<string, never>;
    reply: {
      /** one a kind of decision, as it is in force */
      policies: {
        kind: string;
        title_en: string;
        title_zh: string;
        /** a decision of up to this value is approved by itself; 0: none is */
        approve_below: number;
        /** value of all that are approved by themselves in one day of the shop */
        daily_limit: number;
        /** a decision that nobody approved expires after so long */
        expire_after_hours: number;
        /** console or API: "set"; the shop's file: "shop.yaml"; neither: "default" */
        origin: string;
        set_by: string;
        reason: string;
        set_at: string;
      }[];
      /** what people set, the newest first */
      changes: {
        kind: string;
        approve_below: number;
        daily_limit: number;
        expire_after_hours: number;
        set_by: string;
        reason: string;
        set_at: string;
      }[];
    };
  };
  /** Sends dead letters again */
  "decisions.redeliver": {
    request: {
      /** dead letters, from decisions.deliveries */
      ids?: string[];
      /** every dead letter */
      all?: boolean;
    };
    reply: {
      done: number;
      failed: number;
      decisions: {
        id: string;
        state: string;
        error_code: string | null;
        error: string | null;
      }[];
    };
  };
  /** Rejects decisions, with a reason */
  "decisions.reject": {
    request: {
      /** the decisions */
      ids?: string[];
      /** what was seen, in the order of ids; a decision with another hash is left alone */
      hashes?: string[];
      /** every pending decision, of the given kind if one is given */
      all?: boolean;
      /** with all: only this kind */
      kind?: string;
      /** why, for whoever reads it later */
      reason?: string;
    };
    reply: {
      done: number;
      failed: number;
      decisions: {
        id: string;
        state: string;
        error_code: string | null;
        error: string | null;
      }[];
    };
  };
  /** Takes back what was acted: its lines leave the export file, and a webhook is told */
  "decisions.roll_back": {
    request: {
      /** the decisions */
      ids: string[];
      /** why, for whoever reads it later */
      reason?: string;
    };
    reply: {
      done: number;
      failed: number;
      decisions: {
        id: string;
        state: string;
        error_code: string | null;
        error: string | null;
      }[];
    };
  };
  /** Sets up to where decisions of a kind are approved by themselves, from now on */
  "decisions.set_policy": {
    request: {
      /** a kind of decision; decisions.policies lists them */
      kind: string;
      /** in the shop's currency; 0: a person decides on every one */
      approve_below: number;
      /** in the shop's currency, for all of a day */
      daily_limit: number;
      /** how long a decision waits for a person */
      expire_after_hours?: number;
      /** why; kept with the change */
      reason: string;
    };
    reply: {
      kind: string;
      title_en: string;
      title_zh: string;
      /** a decision of up to this value is approved by itself; 0: none is */
      approve_below: number;
      /** value of all that are approved by themselves in one day of the shop */
      daily_limit: number;
      /** a decision that nobody approved expires after so long */
      expire_after_hours: number;
      /** console or API: "set"; the shop's file: "shop.yaml"; neither: "default" */
      origin: string;
      set_by: string;
      reason: string;
      set_at: string;
    };
  };
  /** Shows one decision with all that happened to it */
  "decisions.show": {
    request: {
      id: string;
    };
    reply: {
      decision: {
        id: string;
        kind: string;
        subject: string;
        state: string;
        urgency: number;
        value: {
          minor: number;
          currency: string;
        };
        summary: {
          en: string;
          zh: string;
        };
        arguments: unknown;
        evidence: unknown;
        expected: unknown;
        as_of: string;
        deadline: string;
        proposed_by: string;
        hash: string;
        reason: string;
      };
      events: {
        event: string;
        state: string;
        actor: string;
        reason: string;
        happened_at: string;
        payload: unknown;
      }[];
    };
  };
  /** Makes the secret that signs the letters of a webhook, and shows it this once */
  "decisions.webhook_secret": {
    request: {
      /** of decisions, such as stock.order */
      kind: string;
      /** makes a new one; the one before signs beside it until the next renewal */
      renew?: boolean;
    };
    reply: {
      kind: string;
      secret: string;
    };
  };
  /** Says how far off forecasts were that are over, by class of items and periods ahead */
  "demand.accuracy": {
    request: {
      /** class (A, B, C by revenue), category or method */
      by?: string;
      /** of forecasts made in so many days before the newest */
      days?: number;
    };
    reply: {
      by: string;
      /** that were looked at: in a shop of more than 50,000 some 20,000 are drawn */
      items: number;
      all: {
        name: string;
        /** items and first periods of forecasts whose window is over and had no day out of stock */
        windows: number;
        units: number;
        naive_wape: number;
        /** sum of |sold - forecast| over units sold, of the model's windows */
        model_wape: number;
        /** the same after overrides */
        planned_wape: number;
        /** forecast over sold, less 1; above 0: too high */
        bias: number;
        /** share of the windows within the 90 % interval */
        within: number;
        /** share of the seasonal naive's error that the model took off */
        model_added: number;
        /** share of the model's error that overrides took off; below 0: they added to it */
        override_added: number;
      };
      /** what sold most comes first */
      groups: {
        name: string;
        /** items and first periods of forecasts whose window is over and had no day out of stock */
        windows: number;
        units: number;
        naive_wape: number;
        /** sum of |sold - forecast| over units sold, of the model's windows */
        model_wape: number;
        /** the same after overrides */
        planned_wape: number;
        /** forecast over sold, less 1; above 0: too high */
        bias: number;
        /** share of the windows within the 90 % interval */
        within: number;
        /** share of the seasonal naive's error that the model took off */
        model_added: number;
        /** share of the model's error that overrides took off; below 0: they added to it */
        override_added: number;
      }[];
      /** single periods by how far ahead they were */
      ahead: {
        /** 1: the first period after the day of forecasting */
        ahead: number;
        periods: number;
        units: number;
        model_wape: number;
        planned_wape: number;
        bias: number;
      }[];
    };
  };
  /** Lists items whose forecasts lean to one side, by the tracking signal */
  "demand.bias": {
    request: {
      /** of forecasts made in so many days before the newest */
      days?: number;
      /** items with fewer are not judged */
      least_periods?: number;
      /** at most so many alarms, the largest first */
      limit?: number;
      /** alarms from this size of the tracking signal on */
      signal?: number;
    };
    reply: {
      items: number;
      alarms: {
        item: string;
        periods: number;
        sold: number;
        forecast: number;
        mean_error: number;
        /** sum of sold less forecast over the mean absolute error; above 0: forecast too low */
        signal: number;
        en: string;
        zh: string;
      }[];
    };
  };
  /** Why an item's forecast is what it is: its parts, other times beside it, and what promotions did */
  "demand.explain": {
    request: {
      /** the item's id */
      item: string;
    };
    reply: {
      item: string;
      title: string;
      as_of: string;
      method: string;
      from: string;
      to: string;
      /** of the window, after overrides; the parts add up to it */
      units: number;
      /** before overrides */
      model_units: number;
      parts: {
        /** base, trend, season, cut (parts below zero), alike (new items), shared (the model of all items), promotion (planned), places (by being the sum of its places), override */
        name: string;
        units: number;
        en: string;
        zh: string;
      }[];
      /** the season's part by period of the window */
      season: {
        from: string;
        units: number;
      }[];
      /** sold in the same weekdays 52 weeks before; null: before the data */
      last_year_units: number | null;
      /** sold in the four weeks before, brought to the window's length */
      last_weeks_units: number | null;
      /** of these four weeks */
      promoted_days_before: number;
      /** of a new item, those whose beginnings it is forecast from, the likest first */
      neighbours: string[];
      uplift: {
        /** whose promotions: item, or category where it has few; empty: too few to say */
        of: string;
        episodes: number;
        days: number;
        /** sold on promoted days over the same weekdays of the eight weeks before */
        factor: number;
        /** low and high hold 90 %, by a bootstrap over promotions */
        low: number;
        high: number;
      };
      /** what promotions in the window would add where the forecast does not know of them */
      planned: {
        days: number;
        /** of the 56 days before that were promoted: the forecast has learned from those */
        usual_share: number;
        units: number;
        low: number;
        high: number;
      };
      sentence_en: string;
      sentence_zh: string;
    };
  };
  /** Shows the forecast of an item */
  "demand.forecast": {
    request: {
      /** the item's id */
      item: string;
    };
    reply: {
      item: string;
      as_of: string;
      method: string;
      model: string;
      model_version: string;
      period: string;
      history_periods: number;
      window_periods: number;
      /** expected units over lead time and review, after overrides: orders are made from these */
      window_units: number;
      /** the model's, before overrides */
      model_window_units: number;
      /** the seasonal naive's, for comparison */
      baseline_units: number;
      /** root mean squared error over the window, in units, of a nested choice of method */
      backtest_error: number;
      baseline_error: number;
      /** behind the errors; 0: the history is too short to say */
      backtest_windows: number;
      /** the newest override in them; null: none */
      override_id: number | null;
      periods: {
        from: string;
        units: number;
        model_units: number;
      }[];
      window: {
        level: number;
        units: number;
      }[];
    };
  };
  /** How well items were forecast in their first weeks, from how others began, on launches held back */
  "demand.new_items": {
    request: {
      /** the day that the data end; empty: today, or where the data end */
      as_of?: string;
      /** choices and intervals come from windows over by then, errors from windows after it; empty: after two thirds of the data */
      split?: string;
    };
    reply: {
      as_of: string;
      split: string;
      launches: number;
      /** launches of which selection.vectorise left a vector */
      with_vector: number;
      with_category: number;
      /** items that are new at the end of the data */
      fresh: number;
      ages: {
        /** since the item's launch; the last row is all ages but 0, before the first sale */
        weeks: string;
        /** who the forecast was taken from, by windows before the split; today: the average */
        chosen: string;
        judged_before: number;
        windows: number;
        units: number;
        /** of what was chosen: summed |error| over summed demand of the window */
        wape: number;
        /** of the average of the newest four weeks; nothing for an item that never sold */
        today_wape: number;
        /** of the items most like it, wherever there are five, else its category */
        neighbours_wape: number;
        category_wape: number;
        all_items_wape: number;
        bias: number;
        today_bias: number;
        /** share of the windows within the chosen's 90 % interval */
        coverage: number;
        /** within the average's 90 % interval */
        today_coverage: number;
      }[];
    };
  };
  /** Puts a planner's number beside the model's until a day; orders are made from it */
  "demand.override": {
    request: {
      /** the item's id */
      item: string;
      /** the first day it speaks of, as 2011-11-14; empty: the forecast's first */
      from?: string;
      /** the last day it speaks of; then it ends by itself */
      until: string;
      /** why the planner knows better; kept and shown beside the number */
      reason: string;
      /** units a period (a week or a day) instead of the model's number; below 0: not said */
      units?: number;
      /** a multiple of the model's number, as 1.3, instead of units; below 0: not said */
      factor?: number;
    };
    reply: {
      override_id: number;
      item: string;
      made_on: string;
      model_window_units: number;
      /** what orders are made from now, over lead time and review */
      window_units: number;
    };
  };
  /** Lists overrides of forecasts with their reasons */
  "demand.overrides": {
    request: {
      /** only of this item */
      item?: string;
      /** also those that ended or were withdrawn */
      ended?: boolean;
      /** at most so many, the newest first */
      limit?: number;
    };
    reply: {
      overrides: {
        override_id: number;
        item: string;
        from: string;
        until: string;
        reason: string;
        made_by: string;
        made_at: string;
        made_on: string;
        withdrawn_on: string;
        units: number | null;
        factor: number | null;
      }[];
    };
  };
  /** Shows the forecast of an item at every place */
  "demand.places": {
    request: {
      /** the item's id */
      item: string;
    };
    reply: {
      item: string;
      as_of: string;
      /** the window's first day */
      from: string;
      period_days: number;
      window_days: number;
      /** of all places together */
      units: number;
      /** what is expected most comes first; empty: the shop does not forecast by place (demand.by_place) */
      places: {
        place: string;
        title: string;
        /** of the place's own forecast; share: it had none, and the item's was spread */
        method: string;
        /** expected in the window, after overrides; the places add up to the item */
        units: number;
        /** the 5 % quantile */
        low: number;
        /** the 95 % quantile */
        high: number;
        /** what the place's own forecast said before the places were made to add up */
        own_units: number;
        baseline_units: number;
        backtest_error: number;
        /** there in as long a time before */
        sold: number;
        /** expected units of each period ahead */
        periods: number[];
      }[];
    };
  };
  /** Forecasts every product; the method is picked per item by a rolling backtest */
  "demand.run": {
    request: {
      /** the day to forecast from, as 2011-11-14; empty: today, or where the data end */
      as_of?: string;
    };
    reply: {
      as_of: string;
      /** week or day, by the shop's setting demand.period */
      period: string;
      model: string;
      /** the version that made the forecasts */
      model_version: string;
      /** the version that this day's data give */
      trained_version: string;
      /** of the trained version: serving, acted, pending, refused, expired, or older where the one that serves was trained on later data */
      promotion: string;
      promotion_message: string;
      items: number;
      /** items that the training moved along and did not fit again, by demand.refit_weeks */
      kept: number;
      /** forecast by one model of boosted trees over all items, alone or beside their own methods */
      shared_items: number;
      /** of items at places, where the shop forecasts by place (demand.by_place) */
      place_forecasts: number;
      periods: number;
      /** what that model learned now, or why there is none; empty: nothing was learned now */
      shared: string;
      /** root mean squared error over the window in the backtest, summed over items */
      error: number;
      /** the seasonal naive's on the same windows */
      baseline_error: number;
      methods: {
        method: string;
        items: number;
      }[];
      /** how items are spread over places: by the places' own forecasts (own), their shares of the newest eight weeks (share) or both, whatever was best in windows that are over; empty: there are no forecasts by place */
      spread: string;
      /** items are the sums of their places' own forecasts, which was better in windows that are over */
      bottom_up: boolean;
    };
  };
  /** What an LSTM and a Prophet-like model say of each item's next four weeks, as features of selection */
  "demand.signals": {
    request: {
      /** the newest morning is the Monday of its week, as 2011-11-14; empty: today, or where the data end */
      as_of?: string;
      /** that many Mondays, the newest included; 0: the newest, if the shop's setting demand.signals is on */
      mornings?: number;
    };
    reply: {
      as_of: string;
      /** made now; those that were there already stay */
      mornings: number;
      /** of the newest that was made */
      items: number;
      /** LSTMs learned now; one is asked for four weeks */
      networks: number;
      /** why there is no network; empty: there is */
      without: string;
    };
  };
  /** Sums the forecasts by category, place or all together */
  "demand.sums": {
    request: {
      /** category, place or total */
      by?: string;
    };
    reply: {
      by: string;
      as_of: string;
      /** the window's first day */
      from: string;
      window_days: number;
      /** the largest first; by place none where the shop does not forecast by place (demand.by_place) */
      sums: {
        /** of the category or place; empty: items without one */
        name: string;
        title: string;
        items: number;
        /** expected in the window, after overrides; sums of any kind add up to the same total */
        units: number;
        /** the model's, before overrides */
        model_units: number;
        /** the seasonal naive's */
        baseline_units: number;
        /** in as long a time before */
        sold: number;
      }[];
    };
  };
  /** Says what the model took off the seasonal naive's error, and overrides off the model's */
  "demand.value_added": {
    request: {
      /** of forecasts made in so many days before the newest */
      days?: number;
    };
    reply: {
      all: {
        method: string;
        /** items and days of forecasting whose window is over */
        windows: number;
        units: number;
        naive_wape: number;
        model_wape: number;
        planned_wape: number;
        /** share of the seasonal naive's error that the model took off */
        model_added: number;
        /** share of the model's error that overrides took off; below 0: they added to it */
        override_added: number;
      };
      methods: {
        method: string;
        /** items and days of forecasting whose window is over */
        windows: number;
        units: number;
        naive_wape: number;
        model_wape: number;
        planned_wape: number;
        /** share of the seasonal naive's error that the model took off */
        model_added: number;
        /** share of the model's error that overrides took off; below 0: they added to it */
        override_added: number;
      }[];
      overrides: {
        override_id: number;
        item: string;
        reason: string;
        made_by: string;
        windows: number;
        units: number;
        model_error: number;
        planned_error: number;
        helped: boolean;
      }[];
      /** windows with days out of stock: what was wanted is not known */
      left_out: number;
    };
  };
  /** Withdraws an override: the model's number counts again */
  "demand.withdraw": {
    request: {
      override_id: number;
    };
    reply: {
      override_id: number;
    };
  };
  /** Counts pushed events into the online values of the features that follow them */
  "features.apply": {
    request: {
      /** as they happen; the caller has stored them */
      events: {
        /** an id that came before is not counted again */
        id?: string;
        /** order_line or return_line */
        kind?: string;
        item_id?: string;
        customer_id?: string | null;
        place_id?: string | null;
        order_id?: string | null;
        quantity?: number;
        /** minor units of the shop's currency */
        unit_price?: number;
        /** when it happened: 2026-11-14T08:00:00.000000Z */
        at?: string;
      }[];
    };
    reply: {
      events: number;
      /** events that had come before */
      repeated: number;
      /** keys whose values differ from the computed ones by now */
      changed_keys: number;
    };
  };
  /** Computes the features at a moment and serves them; what has not changed is kept */
  "features.compute": {
    request: {
      /** item, customer, item_place, customer_item; empty: all */
      entities?: string[];
      /** a day (its beginning) or an instant; empty: now, or the end of the data if earlier */
      moment?: string;
    };
    reply: {
      moment: string;
      computed: number;
      kept: number;
      seconds: number;
      blocks: {
        block: string;
        computed: number;
        kept: number;
        rows: number;
        seconds: number;
      }[];
    };
  };
  /** Takes erased people out of the values in memory; data.erase_customer calls it */
  "features.forget": {
    request: {
      customer_ids: string[];
    };
    reply: {
      customers: number;
    };
  };
  /** Lists the declared features */
  "features.list": {
    request: {
      /** item, customer, item_place or customer_item; empty: all */
      entity?: string;
    };
    reply: {
      features: {
        name: string;
        entity: string;
        type: string;
        unit: string;
        owner: string;
        en: string;
        zh: string;
        window_days: number | null;
        freshness_minutes: number;
        from_events: boolean;
      }[];
    };
  };
  /** Reads feature values by key from memory, in batches */
  "features.read": {
    request: {
      /** item, customer, item_place or customer_item */
      entity: string;
      /** first keys */
      ids: string[];
      /** second keys, as many as ids: place_id of an item_place, item_id of a customer_item */
      seconds?: string[];
      /** names of features; empty: all of the entity */
      features?: string[];
    };
    reply: {
      entity: string;
      /** when the values were computed; pushed events since then are counted in */
      moment: string;
      features: string[];
      /** as the ids were given; values as `features` names them, null where there is none */
      rows: {
        id: string;
        second: string;
        found: boolean;
        values: (number | string | boolean)[];
      }[];
    };
  };
  /** Shows how a feature is declared, what it uses and what uses it */
  "features.show": {
    request: {
      /** its name, such as item_units_28d */
      feature: string;
    };
    reply: {
      feature: {
        name: string;
        entity: string;
        type: string;
        unit: string;
        owner: string;
        en: string;
        zh: string;
        window_days: number | null;
        freshness_minutes: number;
        from_events: boolean;
      };
      declared_at: string;
      hash: string;
      stream: string;
      aggregate: string;
      sql: string;
      stream_sql: string;
      uses: string[];
      used_by: string[];
    };
  };
  /** Writes the features of an entity as one SQL query, for DuckDB or for Spark */
  "features.sql": {
    request: {
      /** item, customer, item_place or customer_item */
      entity: string;
      /** duckdb, or spark over the files of data.export with its session in UTC */
      dialect?: string;
      /** a day (its beginning) or an instant; empty: now, or the end of the data if earlier */
      moment?: string;
      /** names of features; empty: all of the entity */
      features?: string[];
    };
    reply: {
      entity: string;
      dialect: string;
      moment: string;
      /** what it reads, as data.export names them in the schema `data` */
      tables: string[];
      /** one query: the entity's keys, moment and a column a feature */
      sql: string;
    };
  };
  /** Says when the features were computed and whether they are fresh */
  "features.status": {
    request: Record<string, never>;
    reply: {
      entities: {
        entity: string;
        declared: number;
        keys: number;
        moment: string | null;
        computed_at: string | null;
        age_minutes: number | null;
        freshness_minutes: number;
        fresh: boolean;
      }[];
      changed_keys: number;
    };
  };
  /** Joins labels with the features as they were known at each row's moment, into exports/ */
  "features.training_set": {
    request: {
      /** what a row of the labels is about: item, customer, item_place or customer_item */
      entity: string;
      /** CSV or Parquet with the entity's keys and `moment`; other columns are kept */
      labels: string[];
      /** names of features; empty: all of the entity */
      features?: string[];
      /** parquet or csv */
      format?: string;
      /** so many rows, drawn by the seed; 0: all */
      sample?: number;
      /** of the sample; kept in the file beside */
      seed?: number;
    };
    reply: {
      file: string;
      sidecar: string;
      rows: number;
      features: number;
      first_moment: string;
      last_moment: string;
    };
  };
  /** Shows what the whole shop sold by week */
  "items.sales": {
    request: {
      /** at most so many of the newest whole weeks */
      weeks?: number;
    };
    reply: {
      weeks: {
        /** its Monday */
        week: string;
        units: number;
        /** in minor units of the shop's currency */
        revenue: number | null;
      }[];
    };
  };
  /** Finds items as somebody types, by id or title */
  "items.search": {
    request: {
      /** words that the id or the title holds */
      query?: string;
      /** at most so many, the best first */
      limit?: number;
    };
    reply: {
      items: {
        item_id: string;
        title: string;
        category: string;
        /** in minor units of the shop's currency */
        unit_price: number | null;
      }[];
      /** whether others match too */
      more: boolean;
      /** items of the shop */
      total: number;
    };
  };
  /** Shows an item with its stock and what it sold by week */
  "items.show": {
    request: {
      /** the item's id */
      item: string;
      /** at most so many of the newest weeks */
      weeks?: number;
    };
    reply: {
      item: {
        item_id: string;
        title: string;
        category: string;
        supplier: string;
        unit_cost: number | null;
        unit_price: number | null;
        currency: string;
        listed_on: string;
      };
      stock: {
        day: string;
        on_hand: number;
        on_order: number;
      } | null;
      weeks: {
        /** its Monday; weeks without a sale are listed too */
        week: string;
        units: number;
        /** in minor units of the shop's currency */
        revenue: number | null;
        /** days of the week on which a promotion of the item ran */
        promoted_days: number;
        /** days counted with nothing on hand; null where no stock is known */
        empty_days: number | null;
        /** units on hand when last counted in the week */
        on_hand: number | null;
      }[];
    };
  };
  /** Runs the loop up to a day: forecast, propose, expire, measure */
  "jobs.daily": {
    request: {
      /** run the loop up to this day, as 2011-11-14; empty: today, or where the data end */
      as_of?: string;
    };
    reply: {
      as_of: string;
      steps: {
        step: string;
        resumed: boolean;
        seconds: number;
        reply: unknown;
      }[];
    };
  };
  /** Lists runs of jobs, the newest first */
  "jobs.list": {
    request: {
      /** at most so many, the newest first */
      limit?: number;
    };
    reply: {
      runs: {
        run_id: number;
        job: string;
        key: string;
        /** finished; failed, where the last step to end did; or open: running, or it died */
        state: string;
        started_at: string;
        last_at: string;
        /** of work, without the time between a crash and going on */
        seconds: number;
        steps_done: number;
        /** of steps, those included that went well later */
        failures: number;
        failure: string;
      }[];
    };
  };
  /** Shows what runs by itself, and when */
  "jobs.schedule": {
    request: Record<string, never>;
    reply: {
      schedules: {
        operation: string;
        /** such as daily at 05:30; empty: not by itself */
        schedule: string;
        /** shop.yaml, or who changed it with jobs.set_schedule */
        set_by: string;
        /** when the server began it, or first saw its schedule */
        last_at: string | null;
        /** while the server runs */
        next_at: string | null;
      }[];
    };
  };
  /** Sets when an operation runs by itself, over what shop.yaml says */
  "jobs.set_schedule": {
    request: {
      /** one that can run without a request, such as jobs.daily */
      operation: string;
      /** every 15 minutes, every 2 hours, daily at 05:30, weekly on monday at 06:00; empty: not by itself any more */
      schedule?: string;
    };
    reply: {
      operation: string;
      schedule: string;
      next_at: string | null;
    };
  };
  /** Shows one run of a job with its steps */
  "jobs.show": {
    request: {
      /** from jobs.list */
      run_id: number;
    };
    reply: {
      run: {
        run_id: number;
        job: string;
        key: string;
        /** finished; failed, where the last step to end did; or open: running, or it died */
        state: string;
        started_at: string;
        last_at: string;
        /** of work, without the time between a crash and going on */
        seconds: number;
        steps_done: number;
        /** of steps, those included that went well later */
        failures: number;
        failure: string;
      };
      steps: {
        step: string;
        state: string;
        attempts: number;
        seconds: number;
        finished_at: string;
        failure: string;
        reply: unknown;
      }[];
    };
  };
  /** Makes a key for a program and shows it once */
  "keys.create": {
    request: {
      /** what the key is for, such as the name of the program that uses it */
      name: string;
      /** viewer, operator, approver or admin */
      role?: string;
    };
    reply: {
      key_id: string;
      name: string;
      role: string;
      key: string;
      note: string;
    };
  };
  /** Lists the keys and their roles */
  "keys.list": {
    request: {
      /** also the keys that no longer work */
      revoked?: boolean;
    };
    reply: {
      keys: {
        key_id: string;
        name: string;
        role: string;
        created_by: string;
        created_at: string;
        revoked_at: string | null;
      }[];
    };
  };
  /** Makes a key useless from now on */
  "keys.revoke": {
    request: {
      /** the id that keys.list shows */
      key_id: string;
    };
    reply: {
      key_id: string;
      name: string;
      revoked_at: string;
    };
  };
  /** Says how far annotators agree, with one another and with gold */
  "labels.agreement": {
    request: {
      set: string;
      /** 0: the newest */
      version?: number;
    };
    reply: {
      set: string;
      version: number;
      scale: string;
      /** that two annotators or more labelled */
      tasks: number;
      /** Krippendorff's, on the set's scale; 1: all agree, 0: as by chance */
      alpha: number | null;
      /** Cohen's kappa of two annotators, also with linear and quadratic weights */
      pairs: {
        first: string;
        second: string;
        tasks: number;
        agreed: number;
        kappa: number | null;
        kappa_linear: number | null;
        kappa_quadratic: number | null;
      }[];
      /** their accuracy on gold, with Wilson's interval at 95 %, for approvers */
      annotators: {
        annotator: string;
        labelled: number;
        skipped: number;
        gold: number | null;
        correct: number | null;
        accuracy: number | null;
        accuracy_low: number | null;
        accuracy_high: number | null;
      }[];
    };
  };
  /** Makes a label set, or the next version of one */
  "labels.create_set": {
    request: {
      /** name: a-z, 0-9, _ and - */
      set: string;
      /** the version this is; 0: the first, or the same as the newest */
      version?: number;
      /** names of the classes, in order */
      classes: string[];
      /** text, picture (a path in the shop or an https address) or record */
      kind?: string;
      /** nominal, ordinal (the order counts) or interval (the classes are rising numbers) */
      scale?: string;
      /** what annotators read before they begin */
      instructions?: string;
      /** by class: what belongs to it */
      descriptions?: Record<string, string>;
      /** text, label and why */
      examples?: {
        text?: string;
        label?: string;
        why?: string;
      }[];
      /** by different annotators */
      annotations_per_task?: number;
      /** for which a task is kept for one annotator */
      lease_minutes?: number;
      /** of the tasks given, up to 0.5: those with a known label, to measure annotators */
      gold_share?: number;
      /** show annotators the first guess of the rules */
      show_guess?: boolean;
    };
    reply: {
      set: string;
      version: number;
      created: boolean;
    };
  };
  /** Writes the labels that stand into a file of the shop's exports/ */
  "labels.export": {
    request: {
      set: string;
      /** 0: the newest */
      version?: number;
    };
    reply: {
      set: string;
      version: number;
      labels: number;
      frozen: boolean;
      file: string;
      hash: string;
    };
  };
  /** Freezes a version and exports it as training labels; it never changes again */
  "labels.freeze": {
    request: {
      set: string;
      /** 0: the newest */
      version?: number;
    };
    reply: {
      set: string;
      version: number;
      labels: number;
      frozen: boolean;
      file: string;
      hash: string;
    };
  };
  /** Adds tasks from files, from the request, or from the rows of a view */
  "labels.import": {
    request: {
      set: string;
      /** JSON lines (.jsonl) or tables with a header (.csv, .tsv, also .gz) */
      files?: string[];
      /** objects with task_id, text, picture, gold; other fields become the record */
      tasks?: unknown[];
      /** make tasks from the rows of this view, such as data.product */
      view?: string;
      /** a condition on the view's columns, such as category = 'toys' AND length(title) > ? */
      where?: string;
      /** of the question marks in the condition, in order */
      values?: string[];
      /** at most so many rows of the view */
      limit?: number;
      /** the field that identifies a task; without it, a hash of its content does */
      id_field?: string;
      /** the field with the text */
      text_field?: string;
      /** the field with the reference to a picture */
      picture_field?: string;
      /** the field with the label that is known, where it is */
      gold_field?: string;
    };
    reply: {
      set: string;
      version: number;
      added: number;
      unchanged: number;
      /** new labels that are known */
      gold: number;
      /** rows that could not be used */
      refused: number;
      /** of the first thousand of them */
      reasons: {
        file: string;
        line: number;
        reason: string;
      }[];
    };
  };
  /** Lists the label sets with their versions and progress */
  "labels.list_sets": {
    request: Record<string, never>;
    reply: {
      sets: {
        set: string;
        version: number;
        tasks: number;
        annotations: number;
        settled: number;
        frozen: boolean;
      }[];
    };
  };
  /** Gives an annotator the next tasks, kept for them for a while */
  "labels.next": {
    request: {
      set: string;
      /** for whom; empty: who asks. Another than oneself needs the role approver */
      annotator?: string;
      /** tasks to hold; those held already come first */
      limit?: number;
    };
    reply: {
      set: string;
      annotator: string;
      version: number;
      tasks: {
        task_id: string;
        text: string;
        picture: string;
        record: unknown;
        lease_expires_at: string;
        guess: string | null;
      }[];
    };
  };
  /** Sets weak rules and applies them: a first guess for each task that they know */
  "labels.rules": {
    request: {
      set: string;
      /** name, label, and regex (with field) or where; none: apply those there are again */
      rules?: {
        name?: string;
        label?: string;
        regex?: string;
        where?: string;
        field?: string;
      }[];
    };
    reply: {
      set: string;
      version: number;
      tasks: number;
      /** tasks that have a first guess now */
      guessed: number;
      /** share of tasks with a guess */
      coverage: number;
      /** guesses on gold, for approvers; each made without its own task's gold */
      gold: number | null;
      correct: number | null;
      /** of these, with Wilson's interval at 95 % */
      accuracy: number | null;
      accuracy_low: number | null;
      accuracy_high: number | null;
      /** share of tasks each votes on; where another votes too; where another contradicts */
      rules: {
        name: string;
        label: string;
        regex: string;
        where: string;
        field: string;
        coverage: number;
        overlap: number;
        conflict: number;
        gold: number | null;
        correct: number | null;
        accuracy: number | null;
      }[];
    };
  };
  /** Takes a model's probabilities, so that what it is least sure of is labelled first */
  "labels.scores": {
    request: {
      set: string;
      /** the model and its version, for the record */
      model: string;
      /** task_id and probabilities of the classes, in their order */
      scores: {
        task_id?: string;
        probabilities?: number[];
      }[];
      /** least_confidence, margin or entropy */
      strategy?: string;
      /** share of places for tasks drawn at random */
      explore?: number;
      /** of these draws */
      seed?: number;
    };
    reply: {
      set: string;
      version: number;
      accepted: number;
      refused: number;
      reasons: {
        task_id: string;
        state: string;
        error_code: string | null;
        error: string | null;
      }[];
    };
  };
  /** Settles tasks by majority, or by an approver's word with a reason */
  "labels.settle": {
    request: {
      set: string;
      /** task_id, label, reason; none: settle all that have a majority */
      adjudications?: {
        task_id?: string;
        label?: string;
        reason?: string;
      }[];
      /** of adjudications that give none */
      reason?: string;
    };
    reply: {
      set: string;
      version: number;
      settled: number;
      unchanged: number;
      conflicts: number;
      waiting: number;
      refused: number;
      tasks: {
        task_id: string;
        state: string;
        error_code: string | null;
        error: string | null;
      }[];
    };
  };
  /** Shows what a label set asks, and how far it is */
  "labels.show_set": {
    request: {
      set: string;
      /** 0: the newest */
      version?: number;
    };
    reply: {
      set: string;
      version: number;
      kind: string;
      scale: string;
      instructions: string;
      classes: string[];
      descriptions: Record<string, string>;
      examples: {
        text: string;
        label: string;
        why: string;
      }[];
      annotations_per_task: number;
      lease_minutes: number;
      gold_share: number;
      show_guess: boolean;
      frozen_at: string | null;
      hash: string | null;
      tasks: number;
      gold: number;
      annotations: number;
      settled: number;
    };
  };
  /** Leaves tasks to other annotators */
  "labels.skip": {
    request: {
      set: string;
      /** who skips; empty: who asks. Another than oneself needs the role approver */
      annotator?: string;
      /** tasks to leave to others */
      task_ids: string[];
      /** why */
      reason?: string;
    };
    reply: {
      set: string;
      annotator: string;
      version: number;
      accepted: number;
      refused: number;
      tasks: {
        task_id: string;
        state: string;
        error_code: string | null;
        error: string | null;
      }[];
    };
  };
  /** Takes labels of an annotator, each for itself */
  "labels.submit": {
    request: {
      set: string;
      /** whose labels; empty: who asks. Another than oneself needs the role approver */
      annotator?: string;
      /** task_id, label and, where wanted, note; another label than before corrects it */
      labels: {
        task_id?: string;
        label?: string;
        note?: string;
      }[];
    };
    reply: {
      set: string;
      annotator: string;
      version: number;
      accepted: number;
      refused: number;
      tasks: {
        task_id: string;
        state: string;
        error_code: string | null;
        error: string | null;
      }[];
    };
  };
  /** Lists tasks with who labelled them how; for approvers, since it shows which are gold */
  "labels.tasks": {
    request: {
      set: string;
      /** 0: the newest */
      version?: number;
      /** only waiting, conflict, ready (has a majority), settled or gold ones */
      state?: string;
      /** at most so many */
      limit?: number;
      /** next_cursor of the reply before */
      cursor?: string;
    };
    reply: {
      tasks: {
        task_id: string;
        state: string;
        text: string;
        picture: string;
        record: unknown;
        labels: {
          task_id: string;
          annotator: string;
          label: string | null;
          note: string;
        }[];
        label: string | null;
        method: string | null;
        reason: string | null;
        guess: string | null;
        confidence: number | null;
        uncertainty: number | null;
        gold: string | null;
      }[];
      next_cursor: string;
    };
  };
  /** Lists trained versions of models */
  "models.list": {
    request: {
      /** only this model, such as demand.weekly */
      name?: string;
    };
    reply: {
      versions: {
        name: string;
        version: string;
        created_at: string;
        data_to: string;
        method: string;
        serving: boolean;
        /** of the backtest, in the unit of the card's first metric */
        error: number;
        baseline_error: number;
        /** error over the baseline's; below 1 is better than the baseline */
        relative_error: number;
        /** judged in the backtest; 0: the data were too short */
        windows: number;
      }[];
    };
  };
  /** Proposes that a version serves; a decision with guardrails */
  "models.promote": {
    request: {
      name: string;
      version: string;
    };
    reply: {
      decision: string;
      state: string;
      message: string;
      serving: string;
    };
  };
  /** Goes back to the version that served before; a decision */
  "models.roll_back": {
    request: {
      /** the model */
      name: string;
      /** why, for whoever reads it later */
      reason?: string;
    };
    reply: {
      decision: string;
      state: string;
      message: string;
      serving: string;
    };
  };
  /** Shows a version's card and checks its files */
  "models.show": {
    request: {
      /** the model, such as demand.weekly */
      name: string;
      /** empty: the one that serves */
      version?: string;
    };
    reply: {
      serving: boolean;
      /** whether every file is what was registered */
      sound: boolean;
      problem: string;
      card: {
        format: number;
        name: string;
        version: string;
        method: string;
        baseline: string;
        created_at: string;
        data_fingerprint: string;
        from: string;
        to: string;
        seed: number;
        options: Record<string, string>;
        metrics: {
          name: string;
          unit: string;
          value: number;
          baseline: number;
          windows: number;
        }[];
        code_version: string;
        files: Record<string, string>;
      };
    };
  };
  /** Judges lists of items on past weeks: rules, single models and the ensemble, with intervals */
  "selection.backtest": {
    request: {
      /** days on which a list is made and judged */
      origins?: number;
      /** days that a list is judged by */
      horizon?: number;
      /** days from one origin to the next */
      step?: number;
      /** lengths of the lists, with commas between */
      top?: string;
    };
    reply: {
      first_day: string;
      last_day: string;
      features: number;
      methods: {
        method: string;
        top: number;
        /** origins that could be judged; last year's weeks need a year of history */
        origins: number;
        /** share of the list that is among the best of what happened, mean over origins */
        precision: number;
        precision_low: number;
        precision_high: number;
        /** share of the successes that are on the list; successes: the best 5 % of the items */
        recall: number;
        recall_low: number;
        recall_high: number;
        /** profit of the list over that of the best list there was */
        captured: number;
        captured_low: number;
        captured_high: number;
        /** precision over that of the buyer's rules on the same origins */
        to_buyer: number;
        to_buyer_low: number;
        to_buyer_high: number;
      }[];
      origins: {
        day: string;
        candidates: number;
        training_rows: number;
        weights: {
          member: string;
          weight: number;
        }[];
      }[];
      rows: {
        day: string;
        method: string;
        top: number;
        precision: number;
        recall: number;
        captured: number;
      }[];
    };
  };
  /** Ranks a catalogue of items that the shop never sold by how items like them began here */
  "selection.candidates": {
    request: {
      /** a supplier's catalogue or a competitor's listing: one CSV file with a header and the column title; category, supplier and price (the shop's currency) where there are */
      files?: string[];
      /** such a catalogue itself, in place of a file */
      rows?: {
        title?: string;
        category?: string;
        supplier?: string;
        /** in the shop's currency; left out: unknown */
        price?: number | null;
      }[];
      /** the morning; only days before it are learned from; empty: the day after the last sale */
      as_of?: string;
      /** days after the first sale that are foreseen */
      horizon?: number;
      /** candidates in the reply, the best first */
      top?: number;
    };
    reply: {
      as_of: string;
      horizon: number;
      /** items of the shop whose beginning is learned from */
      known: number;
      read: number;
      scored: number;
      flagged: number;
      candidates: {
        place: number;
        /** of the file, the header being line 1; given rows count from 2, too */
        line: number;
        title: string;
        category: string;
        supplier: string;
        price: number;
        /** share of the shop's own items whose first days brought less than is expected of it */
        rank: number;
        /** what the shop's items most like it brought in their first days, geometric mean; 0: none */
        like_items: number;
        /** a tenth of them brought less; selection.cold_backtest tells how often it holds */
        like_low: number;
        /** of what these brought, the median; weighed by likeness */
        like_median: number;
        /** a tenth of them brought more */
        like_high: number;
        /** the three most like it */
        alike: {
          item: string;
          title: string;
          /** cosine of the attributes' vectors */
          likeness: number;
          /** profit of its first days, in the shop's currency */
          brought: number;
        }[];
        /** nothing known, price of zero, title too long: listed last, without a rank */
        flags: string;
        reasons_en: string;
        reasons_zh: string;
      }[];
    };
  };
  /** Judges the ranking of new items on items that were held back whole, beside rules and chance */
  "selection.cold_backtest": {
    request: {
      /** mornings at which new items are listed */
      origins?: number;
      /** days from one to the next; items first sold in them are judged */
      step?: number;
      /** days after its first sale that an item is judged by */
      horizon?: number;
      /** of the new items, so many are listed */
      list_share?: number;
    };
    reply: {
      origins: string[];
      items: number;
      /** share of the items whose first days lay between like_low and like_high of selection.candidates; 0.8 would be right */
      within: number;
      methods: {
        method: string;
        precision: number;
        precision_low: number;
        precision_high: number;
        captured: number;
        captured_low: number;
        captured_high: number;
      }[];
    };
  };
  /** The dimensions of an item's vector, each with its source and window */
  "selection.dimensions": {
    request: Record<string, never>;
    reply: {
      dimensions: {
        place: number;
        name: string;
        /** tables and columns of the store that are read */
        source: string;
        /** days before the morning; 0: as of now */
        window: number;
      }[];
    };
  };
  /** Why an item has its verdict, items like it, and the smallest change that would move it */
  "selection.explain": {
    request: {
      /** the item's id */
      item: string;
      /** the morning of the scores, as 2011-11-14; empty: the newest */
      as_of?: string;
    };
    reply: {
      item: string;
      title: string;
      category: string;
      as_of: string;
      currency: string;
      verdict: string;
      flags: string;
      reasons_en: string;
      reasons_zh: string;
      place: number;
      items: number;
      explores: boolean;
      expected_profit: number;
      low: number;
      high: number;
      model: string;
      model_version: string;
      topics: {
        topic: string;
        text_en: string;
        text_zh: string;
        /** how much what is known of it moves the expected profit, on a log scale: 0.1 is 10 % more */
        share: number;
      }[];
      similar: {
        item: string;
        title: string;
        verdict: string;
        /** of all features, each in its standard deviations */
        distance: number;
        expected_profit: number;
      }[];
      changes: {
        /** price, margin or returns */
        lever: string;
        from: number;
        /** the nearest value that moves the verdict, asked of the model; where none does, the last tried */
        to: number;
        /** whether one does */
        found: boolean;
        verdict: string;
        /** what the model then expects; it knows who sold how, not what a change does */
        expected_profit: number;
        text_en: string;
        text_zh: string;
      }[];
    };
  };
  /** Writes a morning's scores and reasons as a CSV file or a spreadsheet */
  "selection.export": {
    request: {
      /** the morning of the scores, as 2011-11-14; empty: the newest */
      as_of?: string;
      /** only this verdict; empty: all */
      verdict?: string;
      /** csv or xlsx */
      format?: string;
      /** en or zh; empty: the shop's */
      language?: string;
    };
    reply: {
      /** the file that was written, below the shop's folder */
      file: string;
      as_of: string;
      items: number;
      bytes: number;
    };
  };
  /** Writes the features and outcomes that a backtest learns from and is judged by, for other models */
  "selection.lessons": {
    request: {
      /** days on which a list is made and judged, as in selection.backtest */
      origins?: number;
      /** days that a list is judged by */
      horizon?: number;
      /** days from one origin to the next */
      step?: number;
    };
    reply: {
      /** below the shop's folder; of each day DAY.npy has a row of features an item, DAY.outcome.npy the profit of the days after it in minor units, DAY.items.txt the items */
      folder: string;
      origins: string[];
      /** the origins, and the days to learn from; a list may learn only from days whose horizon was over by its origin */
      days: string[];
      columns: string[];
      rows: number;
    };
  };
  /** Matches a competitor's listing to the shop's items by code and title; doubtful ones wait for a person */
  "selection.match": {
    request: {
      /** a competitor's listing: one CSV file with a header and the column title; code (barcode or the shop's item id) and price (the shop's currency) where there are */
      files?: string[];
      /** such a listing itself, in place of a file */
      rows?: {
        title?: string;
        /** barcode or the shop's item id; empty: unknown */
        code?: string;
        /** in the shop's currency; left out: unknown */
        price?: number | null;
      }[];
      /** whose listing it is */
      competitor: string;
      /** the day it was seen; a listing of the same day takes the place of the earlier one */
      day: string;
    };
    reply: {
      competitor: string;
      day: string;
      read: number;
      by_code: number;
      by_title: number;
      /** offers that a person has judged before; that stands */
      reviewed: number;
      /** likely, but a person has to say: selection.waiting_matches */
      waiting: number;
      none: number;
      /** most prices moved by 1.6 times or more since this competitor's last good listing: none is used */
      suspect: boolean;
      /** median of new to last price of the same offers; 0: fewer than ten of them */
      price_move: number;
    };
  };
  /** The models of titles and pictures that the shop installed: whether they work, and which items have them */
  "selection.models": {
    request: Record<string, never>;
    reply: {
      models: {
        /** what it reads: text (titles) or picture */
        kind: string;
        /** what names its folder in shop.yaml */
        setting: string;
        /** its folder; empty: none is installed, and the title counts by its hashed words alone */
        folder: string;
        /** onnx, or static: a matrix of tokens' vectors */
        form: string;
        /** it was read and gave a vector */
        works: boolean;
        /** why it does not work, with what to do */
        problem: string;
        /** of its files */
        checksum: string;
        /** numbers that it gives */
        width: number;
        /** of an item's vector that are made of them */
        dimensions: number;
        /** the newest vectors were made with this very model */
        in_vectors: boolean;
        /** that have it in the newest vectors */
        items: number;
        /** different titles or pictures that are kept */
        contents: number;
        /** items whose picture could not be read */
        unread: number;
        /** why one of them could not */
        unread_because: string;
      }[];
    };
  };
  /** The items most like one of the shop, or like one that it does not know yet */
  "selection.nearest": {
    request: {
      /** an item of the shop; all dimensions count */
      item?: string;
      /** of an item that the shop does not know; attributes alone count */
      title?: string;
      /** of such an item, as the shop writes it, with / or > between levels */
      category?: string;
      /** of such an item, the supplier's id */
      supplier?: string;
      /** of such an item, a file in the shop's pictures/ or inbox/, where the shop has a picture model */
      picture?: string;
      /** of such an item, in the shop's currency; 0: unknown */
      price?: number;
      /** items in the reply */
      top?: number;
    };
    reply: {
      as_of: string;
      dimensions: number;
      items: {
        item: string;
        title: string;
        category: string;
        /** cosine of the vectors, 1 for the same */
        likeness: number;
      }[];
    };
  };
  /** How past weeks' lists did beside what they expected and a simple rule */
  "selection.past": {
    request: {
      /** the morning to look back from, as 2011-11-14; empty: today */
      as_of?: string;
      /** lists of so many weeks before */
      weeks?: number;
    };
    reply: {
      as_of: string;
      currency: string;
      lists: {
        as_of: string;
        until: string;
        model_version: string;
        items: number;
        /** items that the list gave a place: list and push */
        listed: number;
        horizon: number;
        /** profit that was expected of them, in the shop's currency */
        expected: number;
        /** profit that they brought */
        outcome: number;
        /** what they had brought in as many days before */
        before: number;
        /** share of them whose profit fell inside its interval, which should hold 0.9 */
        within: number;
        /** share of them that are among as many best of all items that were scored */
        precision: number;
        /** their profit over that of the best */
        captured: number;
        /** precision of a list as long of what had brought most before */
        rule_precision: number;
        /** profit of that list */
        rule_outcome: number;
      }[];
      text_en: string;
      text_zh: string;
    };
  };
  /** What the list would be with another budget, other places or other limits; changes nothing */
  "selection.plan": {
    request: {
      /** the morning of the scores, as 2011-11-14; empty: the newest */
      as_of?: string;
      /** places on the list; -1: the shop's setting, as with all below */
      slots?: number;
      /** places for items of like titles; 0: no limit */
      most_alike?: number;
      /** money for the stock of all places, in the shop's currency; 0: no limit */
      budget?: number;
      /** of the places, one category's at most */
      category_share?: number;
      /** of the places, one supplier's at most */
      supplier_share?: number;
      /** of the places, for what might bring much */
      exploration_share?: number;
      /** share of its profit that an item loses for each better one like it */
      cannibalisation?: number;
    };
    reply: {
      as_of: string;
      currency: string;
      places: number;
      /** of the places by score, at the profit of each rank */
      expected_profit: number;
      /** no list within these limits is expected to earn more */
      most_profit: number;
      /** share by which a better list could be better at most */
      gap: number;
      stock_cost: number;
      unmet: string[];
      /** items that have no place now and would */
      gains: {
        item: string;
        title: string;
        category: string;
        verdict: string;
        now: string;
        explores: boolean;
        expected_profit: number;
        stock_cost: number;
      }[];
      /** items that have a place now and would not */
      loses: {
        item: string;
        title: string;
        category: string;
        verdict: string;
        now: string;
        explores: boolean;
        expected_profit: number;
        stock_cost: number;
      }[];
    };
  };
  /** Scores a morning and proposes what to list, push, clear or drop, where that is new */
  "selection.propose": {
    request: {
      /** the morning to decide for, as 2011-11-14 */
      as_of: string;
      /** days that profit is expected for */
      horizon?: number;
    };
    reply: {
      as_of: string;
      /** why the day asks for nothing, such as too few sales to learn from; else empty */
      skipped: string;
      items: number;
      /** items that are to be listed, pushed, cleared or dropped */
      verdicts: number;
      /** of them, already asked for and still standing */
      repeated: number;
      /** drops and clearings beyond selection.most_leavings a day; they come later */
      held_back: number;
      /** open proposals that the day's scores no longer ask for */
      withdrawn: number;
      pending: number;
      approved_by_policy: number;
      refused_by_guardrails: number;
      superseded: number;
      known: number;
      model_version: string;
      trained_version: string;
      promotion: string;
    };
  };
  /** Items by their scores: which to list, push, keep, clear or drop, and why */
  "selection.recommend": {
    request: {
      /** the morning of the scores, as 2011-11-14; empty: the newest */
      as_of?: string;
      /** list, push, keep, clear, drop or unknown; empty: all */
      verdict?: string;
      /** only this item's id; empty: all */
      item?: string;
      /** only items of this category; empty: all */
      category?: string;
      /** how many at most */
      limit?: number;
      /** how many of the first to leave out, for the next page */
      skip?: number;
    };
    reply: {
      as_of: string;
      currency: string;
      horizon: number;
      items: number;
      recommendations: {
        /** by the ensemble's score, 1 the best */
        place: number;
        item: string;
        title: string;
        category: string;
        verdict: string;
        /** on the list for what it might bring, not for what is expected */
        explores: boolean;
        /** of the horizon, in the shop's currency; revenue where no cost is known */
        expected_profit: number;
        /** 5 % of the cases lie below */
        low: number;
        /** 5 % of the cases lie above */
        high: number;
        reasons_en: string;
        reasons_zh: string;
        /** what is odd about the item, such as: price of zero */
        flags: string;
        model_version: string;
        /** stock that a place on the list needs, in the shop's currency */
        stock_cost: number;
      }[];
    };
  };
  /** Accepts or refuses a match of a competitor's offer, for all its later listings, too */
  "selection.review_match": {
    request: {
      competitor: string;
      /** the offer's key, as selection.waiting_matches has it */
      key: string;
      /** accept or refuse */
      verdict: string;
      /** the shop's item that was seen; where another one waits by now, nothing is said */
      item?: string;
    };
    reply: {
      item: string;
      state: string;
    };
  };
  /** Matches of competitors' offers that a person accepted or refused, as it stands */
  "selection.reviewed_matches": {
    request: {
      /** of one competitor alone; empty: of all */
      competitor?: string;
      /** rows in the reply, the latest said first */
      limit?: number;
    };
    reply: {
      reviewed: number;
      matches: {
        competitor: string;
        key: string;
        /** of the offer in the newest listing that it is in */
        title: string;
        item: string;
        item_title: string;
        /** accepted or refused */
        state: string;
        reviewed_by: string;
        /** UTC */
        reviewed_at: string;
      }[];
    };
  };
  /** Scores every item on a morning: verdict, expected profit with its interval, and reasons */
  "selection.run": {
    request: {
      /** the morning to score, as 2011-11-14; nothing from this day on is looked at */
      as_of: string;
      /** days that profit is expected for */
      horizon?: number;
      /** when to learn a new model: when due (see selection.retrain_days), always or never */
      learn?: string;
    };
    reply: {
      as_of: string;
      items: number;
      list: number;
      push: number;
      keep: number;
      clear: number;
      drop: number;
      /** items that no verdict is given on, see flags */
      unknown: number;
      /** places for what might bring much rather than what is expected to */
      explores: number;
      /** items with something odd, such as a price of zero */
      flagged: number;
      /** of the places by score, at the profit of each rank; the shop's currency */
      expected_profit: number;
      /** stock that all places need, in the shop's currency */
      stock_cost: number;
      /** share of its profit by which a better list within the limits could be better at most */
      gap: number;
      /** suppliers who could not be given the places of selection.supplier_least */
      unmet: string[];
      model: string;
      model_version: string;
      /** days since the end of what the model learned from */
      model_days_old: number;
      /** the version that was learned now; empty: none */
      trained_version: string;
      /** acted: it serves; pending, refused; older: a version of later data serves */
      promotion: string;
      promotion_message: string;
      seconds: {
        read: number;
        model: number;
        features: number;
        scores: number;
        list: number;
        reasons: number;
        store: number;
      };
    };
  };
  /** Categories, words and price bands whose share of the orders changed, with false finds held down */
  "selection.trends": {
    request: {
      /** the morning; only days before it are read; empty: the day after the last sale */
      as_of?: string;
      /** rising, falling or both */
      direction?: string;
      /** weeks before the morning that are looked at */
      weeks?: number;
      /** trends in the reply, the surest first */
      top?: number;
      /** of all found, so many may be chance, on average */
      discovery_share?: number;
    };
    reply: {
      as_of: string;
      weeks: number;
      /** groups with enough orders to be tested */
      tested: number;
      rising: number;
      falling: number;
      trends: {
        /** category, word (of titles) or price band */
        grouping: string;
        /** its name; of a price band the prices in the shop's currency */
        group: string;
        /** the first day of the first changed week */
        since: string;
        items: number;
        /** in all weeks looked at; sums of sales count by units */
        orders: number;
        /** share of the shop's orders until then */
        before: number;
        /** share of the shop's orders since */
        after: number;
        /** after over before; 0: there was nothing before */
        times: number;
        /** chance of such a change anywhere in these weeks where there is none */
        p: number;
        /** share of chance finds among all that are at least as sure */
        q: number;
        /** items with the most orders since */
        examples: string[];
        text_en: string;
        text_zh: string;
      }[];
    };
  };
  /** Takes back what a person said of a match; the offer waits again, and both words stay recorded */
  "selection.undo_review": {
    request: {
      competitor: string;
      /** the offer's key, as selection.reviewed_matches has it */
      key: string;
      /** the shop's item that was judged; where another was judged since, nothing is undone */
      item?: string;
    };
    reply: {
      item: string;
      /** what is taken back: accepted or refused */
      state: string;
      /** rows of listings that wait for a person again */
      waiting: number;
    };
  };
  /** Makes every item's vector of attributes and history on a morning, and keeps the items most like each */
  "selection.vectorise": {
    request: {
      /** the morning; only days before it are read */
      as_of: string;
      /** of each item, so many most like it are kept; none given: 10, or 0 of more than 200,000 items, whose graph takes long */
      neighbours?: number | null;
    };
    reply: {
      as_of: string;
      /** why there are no vectors, such as nothing sold yet; else empty */
      skipped: string;
      items: number;
      dimensions: number;
      neighbours: number;
      /** titles and pictures that the shop's models were asked about; those of earlier days are kept */
      embedded: number;
      /** items whose picture could not be read; selection.models says why */
      unread_pictures: number;
    };
  };
  /** Matches of competitors' offers that wait for a person */
  "selection.waiting_matches": {
    request: {
      /** of one competitor alone; empty: of all */
      competitor?: string;
      /** rows in the reply, the likeliest first */
      limit?: number;
    };
    reply: {
      waiting: number;
      matches: {
        competitor: string;
        key: string;
        /** the newest listing that the offer is in */
        day: string;
        title: string;
        item: string;
        item_title: string;
        /** of the offer, in the shop's currency; 0: unknown */
        price: number;
        /** of the shop's item: its list price, else the median it sold for; 0: unknown */
        item_price: number;
        /** of the titles, 0 to 1 */
        likeness: number;
        /** the listing's prices had moved too much to be used */
        suspect: boolean;
      }[];
    };
  };
  /** Says what of the shop's settings does not fit: options nobody knows, values out of range */
  "settings.check": {
    request: Record<string, never>;
    reply: {
      /** what shop.yaml or a change says that does not fit, in sentences; none: all is well */
      problems: string[];
    };
  };
  /** Lists every option of the shop: its value, range and default, and who set it */
  "settings.list": {
    request: {
      /** only these, such as guardrails; empty: all */
      group?: string;
    };
    reply: {
      /** every option there is, as it is in force */
      options: {
        option: string;
        group: string;
        /** number, yes or no (1 or 0), choice, text */
        kind: string;
        title_en: string;
        title_zh: string;
        about_en: string;
        about_zh: string;
        /** as it is in force; of a confidential one, no more than where it begins */
        value: string;
        /** where nobody says anything */
        otherwise: string;
        /** days, share, money (the shop's currency) and so on; empty: none */
        unit: string;
        least: number | null;
        most: number | null;
        choices: string[];
        /** console or API: "set"; the shop's file: "shop.yaml"; neither: "default" */
        origin: string;
        set_by: string;
        reason: string;
        set_at: string;
        confidential: boolean;
        /** whether it is set in shop.yaml alone */
        in_file_only: boolean;
      }[];
      /** what people set, the newest first; at most 100 */
      changes: {
        option: string;
        value: string;
        cleared: boolean;
        set_by: string;
        reason: string;
        set_at: string;
      }[];
    };
  };
  /** Puts an option back to what shop.yaml says, or to its default */
  "settings.reset": {
    request: {
      /** goes back to what shop.yaml says, or its default */
      option: string;
      /** why; kept with the change */
      reason: string;
    };
    reply: {
      option: string;
      group: string;
      /** number, yes or no (1 or 0), choice, text */
      kind: string;
      title_en: string;
      title_zh: string;
      about_en: string;
      about_zh: string;
      /** as it is in force; of a confidential one, no more than where it begins */
      value: string;
      /** where nobody says anything */
      otherwise: string;
      /** days, share, money (the shop's currency) and so on; empty: none */
      unit: string;
      least: number | null;
      most: number | null;
      choices: string[];
      /** console or API: "set"; the shop's file: "shop.yaml"; neither: "default" */
      origin: string;
      set_by: string;
      reason: string;
      set_at: string;
      confidential: boolean;
      /** whether it is set in shop.yaml alone */
      in_file_only: boolean;
    };
  };
  /** Sets an option of the shop, over what shop.yaml says, from now on */
  "settings.set": {
    request: {
      /** such as stock.lead_time_days; settings.list has them */
      option: string;
      /** in full, as it would stand in shop.yaml; empty: of a text, none */
      value?: string;
      /** why; kept with the change */
      reason: string;
    };
    reply: {
      option: string;
      group: string;
      /** number, yes or no (1 or 0), choice, text */
      kind: string;
      title_en: string;
      title_zh: string;
      about_en: string;
      about_zh: string;
      /** as it is in force; of a confidential one, no more than where it begins */
      value: string;
      /** where nobody says anything */
      otherwise: string;
      /** days, share, money (the shop's currency) and so on; empty: none */
      unit: string;
      least: number | null;
      most: number | null;
      choices: string[];
      /** console or API: "set"; the shop's file: "shop.yaml"; neither: "default" */
      origin: string;
      set_by: string;
      reason: string;
      set_at: string;
      confidential: boolean;
      /** whether it is set in shop.yaml alone */
      in_file_only: boolean;
    };
  };
  /** Copies the shop into a new folder while it runs; the copy is a shop, and `suanpan restore` makes a new one of it */
  "shop.backup": {
    request: {
      /** a new folder for the copy; empty: one in the shop's backups/, named by the time */
      folder?: string;
    };
    reply: {
      folder: string;
    };
  };
  /** Reads every value of every table and replays every decision; says what is damaged */
  "shop.check": {
    request: Record<string, never>;
    reply: {
      /** whether there is no problem */
      sound: boolean;
      /** what is wrong, in sentences */
      problems: string[];
      /** every table with its number of rows; a table that cannot be read has a problem */
      tables: {
        name: string;
        rows: number;
        problem: string;
      }[];
      /** the version of each area's tables */
      schemas: {
        area: string;
        version: number;
      }[];
    };
  };
  /** What to look at first: what will run out before it can arrive, what never sells, what lasts too long */
  "stock.exceptions": {
    request: {
      /** the day of the forecast, as 2011-11-14; empty: the newest */
      as_of?: string;
      /** runs_out, never_sells or overstock; empty: all */
      trouble?: string;
      /** how many at most */
      limit?: number;
      /** how many of the first to leave out, for the next page */
      skip?: number;
    };
    reply: {
      as_of: string;
      currency: string;
      /** items whose stock was counted; others cannot be judged */
      counted_items: number;
      runs_out: number;
      never_sells: number;
      overstock: number;
      exceptions: {
        trouble: string;
        item: string;
        title: string;
        on_hand: number;
        on_order: number;
        /** stock on hand and on order at expected demand; 9999 where none is expected */
        days_until_empty: number;
        lead_time_days: number;
        /** to be empty before an order of today can arrive */
        chance: number;
        /** in the shop's currency: margin missed in the lead time, or money bound in what lies */
        at_stake: number;
        /** since the last sale; -1: never sold */
        quiet_days: number;
        text_en: string;
        text_zh: string;
      }[];
    };
  };
  /** Which of the linked places holds how much of each item, and what every place for itself would hold */
  "stock.network": {
    request: {
      /** the item's id; empty: all */
      item?: string;
      /** the day of the forecast, as 2011-11-14; empty: the newest */
      as_of?: string;
      /** how many items at most */
      limit?: number;
      /** how many of the first to leave out, for the next page */
      skip?: number;
    };
    reply: {
      as_of: string;
      currency: string;
      /** that the shop's table tells */
      links: number;
      /** of them, as they lead into a circle or take less than 0 or more than 3000 days */
      links_left_out: number;
      /** items with a forecast at a linked place; the sums are over all of them */
      plans: number;
      cost: number;
      cost_alone: number;
      safety_stock: number;
      safety_stock_alone: number;
      items: {
        item: string;
        title: string;
        /** of holding the safety stocks for a year, in the shop's currency */
        cost: number;
        /** if every place promised at once and covered its own days */
        cost_alone: number;
        /** if only places that supply nobody held any; nothing where promises do not allow it */
        cost_at_the_ends: number | null;
        places: {
          place: string;
          title: string;
          /** a place; empty: the item's supplier */
          supplied_by: string;
          /** from having what it asked for to having it on the shelf, and the time between two orders */
          own_days: number;
          /** that it waits for who supplies it */
          inbound_days: number;
          /** that those it supplies, or its customers, wait for it */
          promised_days: number;
          /** that its stock must cover: inbound and own less promised */
          net_days: number;
          /** units in the net days, of all that it serves */
          expected: number;
          safety_stock: number;
          /** if every place promised at once and covered its own days */
          safety_stock_alone: number;
          /** what it is brought up to, with what is on the way */
          base_stock: number;
          on_hand: number | null;
          on_order: number | null;
          /** whether the item's demand there is forecast; not: a warehouse that only supplies others */
          forecast: boolean;
        }[];
      }[];
    };
  };
  /** An item's expected stock day by day with its band, and what is on the way */
  "stock.projection": {
    request: {
      /** the item's id */
      item: string;
      /** the day of the forecast, as 2011-11-14; empty: the newest */
      as_of?: string;
    };
    reply: {
      item: string;
      title: string;
      as_of: string;
      method: string;
      model: string;
      model_version: string;
      on_hand: number;
      on_order: number;
      stock_assumed: boolean;
      lead_time_days: number;
      lead_time_sd_days: number;
      lead_time_receipts: number;
      order_up_to: number;
      order_units: number;
      chance_of_running_out: number;
      on_the_way: {
        day: string;
        units: number;
        /** counted: the count of stock says it is on order; ordered: by this program since */
        source: string;
      }[];
      days: {
        day: string;
        /** stock at the end of the day, if nothing more is ordered */
        expected: number;
        /** 5 % of the cases lie below */
        low: number;
        /** 5 % of the cases lie above */
        high: number;
        arriving: number;
        chance_of_empty: number;
      }[];
    };
  };
  /** Proposes purchase orders from a day's forecast */
  "stock.propose": {
    request: {
      /** the day of the forecast to order from, as 2011-11-14 */
      as_of: string;
    };
    reply: {
      as_of: string;
      items: number;
      /** items whose stock nobody counted; their orders rest on an assumption and say so */
      assumed_stock: number;
      pending: number;
      approved_by_policy: number;
      refused_by_guardrails: number;
      superseded: number;
      known: number;
      /** orders that shelf life, a supplier's minimum, budget or room changed */
      limited: number;
      /** where budget or room cut orders: share of their value that other orders could add at most */
      budget_gap: number;
      /** orders of more than is needed, for a lower price */
      up_to_price_break: number;
      /** items whose levels were set together with what customers take in their place */
      with_substitutes: number;
      /** items whose substitutes do not count: shares that add up to more than 1, or too many items linked */
      substitutes_left_out: number;
    };
  };
  /** Replays past sales under order policies: how much stock each needs for a share of days in stock */
  "stock.simulate": {
    request: {
      /** the day after the last that is replayed, as 2015-06-19; empty: all there is */
      end?: string;
      /** from order to delivery */
      lead_time_days?: number;
      /** days of orders at the end; what is before is learned from */
      test_days?: number;
      /** items at places, those that sell most */
      series?: number;
    };
    reply: {
      from: string;
      to: string;
      series: number;
      history_days: number;
      /** which series lend one another what drivers do: those of a class, or all */
      sharing: string;
      ridge: number;
      smoothing: number;
      /** WAPE of sums over lead time and a day, before the test */
      validation_error: number;
      test_error: number;
      /** whether the first policy needs the least stock at every share in stock */
      inside_everywhere: boolean;
      policies: {
        name: string;
        at: {
          in_stock: number;
          /** at this share in stock; -1 where the policy does not reach it */
          stock_days: number;
        }[];
        curve: {
          /** share of open days on which everything asked for was there */
          in_stock: number;
          /** average stock at the day's end, in days of average sales */
          stock_days: number;
          /** the same after the first lead time, when the opening stock has run down */
          settled_days: number;
          /** share of units */
          served: number;
        }[];
      }[];
    };
  };
  /** Proposes moves between places where stock is counted and demand is forecast by place */
  "stock.transfer": {
    request: {
      as_of: string;
    };
    reply: {
      as_of: string;
      /** counted and forecast at more than one place; 0 where the shop does not forecast by place */
      items: number;
      pending: number;
      approved_by_policy: number;
      refused_by_guardrails: number;
      superseded: number;
      /** proposed before for the same day */
      known: number;
      /** with a plan for a network of places; 0 where the shop has no links between places */
      planned_items: number;
      /** moves of earlier days that waited; stock has moved on since */
      expired: number;
    };
  };
}

export const operations = {
  "data.alarms": { role: "viewer", effect: "reads", long: false },
  "data.check": { role: "operator", effect: "changes", long: true },
  "data.erase_customer": { role: "admin", effect: "changes", long: true },
  "data.events": { role: "operator", effect: "changes", long: false },
  "data.export": { role: "operator", effect: "calls outside", long: true },
  "data.flags": { role: "viewer", effect: "reads", long: false },
  "data.inbox": { role: "operator", effect: "changes", long: false },
  "data.load": { role: "operator", effect: "changes", long: true },
  "data.loads": { role: "viewer", effect: "reads", long: false },
  "data.mapping": { role: "operator", effect: "reads", long: false },
  "data.pull": { role: "operator", effect: "changes", long: true },
  "data.push": { role: "operator", effect: "changes", long: false },
  "data.quality": { role: "viewer", effect: "reads", long: false },
  "data.quality_page": { role: "operator", effect: "changes", long: false },
  "data.quarantine": { role: "viewer", effect: "reads", long: false },
  "data.replace_mapping": { role: "admin", effect: "changes", long: false },
  "data.replay": { role: "operator", effect: "changes", long: true },
  "data.rows": { role: "viewer", effect: "reads", long: false },
  "data.summary": { role: "viewer", effect: "reads", long: false },
  "data.test": { role: "operator", effect: "reads", long: false },
  "data.trace": { role: "operator", effect: "reads", long: false },
  "decisions.act": { role: "operator", effect: "calls outside", long: false },
  "decisions.approve": { role: "approver", effect: "changes", long: false },
  "decisions.check": { role: "viewer", effect: "reads", long: false },
  "decisions.counts": { role: "viewer", effect: "reads", long: false },
  "decisions.deliver": { role: "operator", effect: "calls outside", long: false },
  "decisions.deliveries": { role: "viewer", effect: "reads", long: false },
  "decisions.expire": { role: "operator", effect: "changes", long: false },
  "decisions.list": { role: "viewer", effect: "reads", long: false },
  "decisions.measure": { role: "operator", effect: "changes", long: false },
  "decisions.policies": { role: "viewer", effect: "reads", long: false },
  "decisions.redeliver": { role: "approver", effect: "calls outside", long: false },
  "decisions.reject": { role: "approver", effect: "changes", long: false },
  "decisions.roll_back": { role: "approver", effect: "calls outside", long: false },
  "decisions.set_policy": { role: "admin", effect: "changes", long: false },
  "decisions.show": { role: "viewer", effect: "reads", long: false },
  "decisions.webhook_secret": { role: "admin", effect: "changes", long: false },
  "demand.accuracy": { role: "viewer", effect: "reads", long: false },
  "demand.bias": { role: "viewer", effect: "reads", long: false },
  "demand.explain": { role: "viewer", effect: "reads", long: false },
  "demand.forecast": { role: "viewer", effect: "reads", long: false },
  "demand.new_items": { role: "viewer", effect: "reads", long: false },
  "demand.override": { role: "operator", effect: "changes", long: false },
  "demand.overrides": { role: "viewer", effect: "reads", long: false },
  "demand.places": { role: "viewer", effect: "reads", long: false },
  "demand.run": { role: "operator", effect: "changes", long: true },
  "demand.signals": { role: "operator", effect: "changes", long: true },
  "demand.sums": { role: "viewer", effect: "reads", long: false },
  "demand.value_added": { role: "viewer", effect: "reads", long: false },
  "demand.withdraw": { role: "operator", effect: "changes", long: false },
  "features.apply": { role: "operator", effect: "changes", long: false },
  "features.compute": { role: "operator", effect: "changes", long: true },
  "features.forget": { role: "admin", effect: "changes", long: false },
  "features.list": { role: "viewer", effect: "reads", long: false },
  "features.read": { role: "viewer", effect: "reads", long: false },
  "features.show": { role: "viewer", effect: "reads", long: false },
  "features.sql": { role: "viewer", effect: "reads", long: false },
  "features.status": { role: "viewer", effect: "reads", long: false },
  "features.training_set": { role: "operator", effect: "calls outside", long: true },
  "items.sales": { role: "viewer", effect: "reads", long: false },
  "items.search": { role: "viewer", effect: "reads", long: false },
  "items.show": { role: "viewer", effect: "reads", long: false },
  "jobs.daily": { role: "operator", effect: "proposes", long: true },
  "jobs.list": { role: "viewer", effect: "reads", long: false },
  "jobs.schedule": { role: "viewer", effect: "reads", long: false },
  "jobs.set_schedule": { role: "admin", effect: "changes", long: false },
  "jobs.show": { role: "viewer", effect: "reads", long: false },
  "keys.create": { role: "admin", effect: "changes", long: false },
  "keys.list": { role: "admin", effect: "reads", long: false },
  "keys.revoke": { role: "admin", effect: "changes", long: false },
  "labels.agreement": { role: "viewer", effect: "reads", long: false },
  "labels.create_set": { role: "operator", effect: "changes", long: false },
  "labels.export": { role: "approver", effect: "calls outside", long: false },
  "labels.freeze": { role: "approver", effect: "calls outside", long: false },
  "labels.import": { role: "operator", effect: "changes", long: false },
  "labels.list_sets": { role: "viewer", effect: "reads", long: false },
  "labels.next": { role: "operator", effect: "changes", long: false },
  "labels.rules": { role: "operator", effect: "changes", long: false },
  "labels.scores": { role: "operator", effect: "changes", long: false },
  "labels.settle": { role: "approver", effect: "changes", long: false },
  "labels.show_set": { role: "viewer", effect: "reads", long: false },
  "labels.skip": { role: "operator", effect: "changes", long: false },
  "labels.submit": { role: "operator", effect: "changes", long: false },
  "labels.tasks": { role: "approver", effect: "reads", long: false },
  "models.list": { role: "viewer", effect: "reads", long: false },
  "models.promote": { role: "approver", effect: "proposes", long: false },
  "models.roll_back": { role: "approver", effect: "proposes", long: false },
  "models.show": { role: "viewer", effect: "reads", long: false },
  "selection.backtest": { role: "viewer", effect: "reads", long: true },
  "selection.candidates": { role: "viewer", effect: "reads", long: true },
  "selection.cold_backtest": { role: "viewer", effect: "reads", long: true },
  "selection.dimensions": { role: "viewer", effect: "reads", long: false },
  "selection.explain": { role: "viewer", effect: "reads", long: false },
  "selection.export": { role: "operator", effect: "changes", long: false },
  "selection.lessons": { role: "operator", effect: "changes", long: true },
  "selection.match": { role: "operator", effect: "changes", long: true },
  "selection.models": { role: "viewer", effect: "reads", long: false },
  "selection.nearest": { role: "viewer", effect: "reads", long: false },
  "selection.past": { role: "viewer", effect: "reads", long: false },
  "selection.plan": { role: "viewer", effect: "reads", long: false },
  "selection.propose": { role: "operator", effect: "proposes", long: true },
  "selection.recommend": { role: "viewer", effect: "reads", long: false },
  "selection.review_match": { role: "operator", effect: "changes", long: false },
  "selection.reviewed_matches": { role: "viewer", effect: "reads", long: false },
  "selection.run": { role: "operator", effect: "changes", long: true },
  "selection.trends": { role: "viewer", effect: "reads", long: false },
  "selection.undo_review": { role: "operator", effect: "changes", long: false },
  "selection.vectorise": { role: "operator", effect: "changes", long: true },
  "selection.waiting_matches": { role: "viewer", effect: "reads", long: false },
  "settings.check": { role: "admin", effect: "reads", long: false },
  "settings.list": { role: "viewer", effect: "reads", long: false },
  "settings.reset": { role: "admin", effect: "changes", long: false },
  "settings.set": { role: "admin", effect: "changes", long: false },
  "shop.backup": { role: "admin", effect: "calls outside", long: true },
  "shop.check": { role: "operator", effect: "reads", long: true },
  "stock.exceptions": { role: "viewer", effect: "reads", long: false },
  "stock.network": { role: "viewer", effect: "reads", long: false },
  "stock.projection": { role: "viewer", effect: "reads", long: false },
  "stock.propose": { role: "operator", effect: "proposes", long: false },
  "stock.simulate": { role: "viewer", effect: "reads", long: true },
  "stock.transfer": { role: "operator", effect: "proposes", long: false },
} as const;
