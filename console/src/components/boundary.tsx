import { Component, type ReactNode } from "react";
import { Failure } from "./states";

// A page that breaks takes nothing else with it.
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  render() {
    return this.state.error ? <Failure error={this.state.error} retry={() => this.setState({ error: undefined })} /> : this.props.children;
  }
}
