"""One queue, one server at load 0.8 in SimPy (Debian's python3-simpy, version 2): so many customers, and the CPU seconds they took."""
import json
import random
import sys
import time

from SimPy.Simulation import Process, Resource, activate, hold, initialize, now, release, request, simulate

CUSTOMERS = int(sys.argv[1])
server = Resource(capacity=1)
draw = random.Random(1).expovariate
stays = []


class Customer(Process):
    def visit(self):
        came = now()
        yield request, self, server
        yield hold, self, draw(1.0)
        yield release, self, server
        stays.append(now() - came)


class Clients(Process):
    def come(self):
        for _ in range(CUSTOMERS):
            yield hold, self, draw(0.8)
            customer = Customer()
            activate(customer, customer.visit())


initialize()
clients = Clients()
activate(clients, clients.come())
began = time.process_time()
simulate(until=1e18)
took = time.process_time() - began
print(json.dumps({"customers": len(stays), "seconds": took, "mean": sum(stays) / len(stays)}))
