#include "areas/data/data.h"
#include "command.h"

int main(int count, char** words) {
    using namespace suanpan;
    Program program;
    program.add({data::schema(), data::add_operations});
    return run_command(program, {words + 1, words + count});
}
